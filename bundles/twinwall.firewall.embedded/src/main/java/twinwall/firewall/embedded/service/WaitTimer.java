/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.service;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A thread that lets go what has waited long enough. It sleeps while nothing waits, and otherwise until the first of those that wait will
 * have waited as long as it may: an alarm that is nearly always too late costs little.
 */
final class WaitTimer implements AutoCloseable {

    private final LongSupplier release;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Calls {@code release} until closed: it says after how many micros it is to be called again, -1 for not before {@link #alarm}.
     *
     * @param name of what waits, for the thread's name
     */
    WaitTimer(String name, LongSupplier release) {
        this.release = release;
        thread = new Thread(this::run, "twinwall.firewall.embedded-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Something waits. Returns at once. */
    void alarm() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            long micros = release.getAsLong();
            // An alarm since then has left a permit, with which parking returns at once.
            if (micros > 0) {
                LockSupport.parkNanos(micros * 1000);
            } else if (!closed) {
                LockSupport.park();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
