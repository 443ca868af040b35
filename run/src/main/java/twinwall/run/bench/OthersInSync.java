/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

import twinwall.run.pair.NodeApi;

/** Asks two firewalls all the time whether their tables, but for one, are in sync, and remembers those that were not. */
final class OthersInSync implements AutoCloseable {

    private static final int PAUSE_MILLIS = 5;

    private final Set<String> outOfSync = new ConcurrentSkipListSet<>();
    private final Thread thread;
    private volatile boolean over;

    OthersInSync(String but, NodeApi... firewalls) {
        thread = new Thread(() -> {
            try {
                while (!over) {
                    for (NodeApi firewall : firewalls) {
                        outOfSync.addAll(firewall.status().outOfSync(but));
                    }
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (IOException e) {
                outOfSync.add("(not known: " + e.getMessage() + ")");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "bench-others-in-sync");
        thread.setDaemon(true);
        thread.start();
    }

    /** Those so far. */
    Set<String> tables() {
        return new TreeSet<>(outOfSync);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}
