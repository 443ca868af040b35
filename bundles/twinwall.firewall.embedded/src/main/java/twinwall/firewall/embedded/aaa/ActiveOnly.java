/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

import twinwall.firewall.embedded.session.FirewallTime;

/** Logins and what else only a firewall that forwards does: its peer would not hear what a standby changes. */
public final class ActiveOnly {

    private final Lock lock;
    private final FirewallTime time;

    /** {@code lock} is the firewall's. */
    public ActiveOnly(Lock lock, FirewallTime time) {
        this.lock = lock;
        this.time = time;
    }

    /**
     * Does something under the lock. From any thread.
     *
     * @throws LoginRefusedException on a standby, which does nothing
     */
    public <T> T call(Supplier<T> change) {
        lock.lock();
        try {
            if (!time.forwarding()) {
                throw LoginRefusedException.standby();
            }
            return change.get();
        } finally {
            lock.unlock();
        }
    }
}
