/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Looks at tables on both firewalls all the time, and remembers when one is not in sync. */
final class SyncWatch implements AutoCloseable {

    private final Queue<String> outOfSync = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean over;

    SyncWatch(Pair pair, Collection<String> tables) {
        thread = new Thread(() -> {
            while (!over) {
                look(pair.a(), tables);
                look(pair.b(), tables);
                pause();
            }
        }, "sync-watch");
        thread.start();
    }

    private void look(Firewall firewall, Collection<String> tables) {
        firewall.status().tables().stream().filter(table -> tables.contains(table.type()) && !table.inSync())
                .forEach(table -> outOfSync.add(firewall.status().firewall() + " " + table.type() + ": " + table.detail()));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void assertAlwaysInSync() {
        assertEquals(List.of(), List.copyOf(outOfSync));
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
