/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.local;

import java.util.concurrent.locks.Lock;
import java.util.function.IntSupplier;

import twinwall.spi.LocalTable;

/** A table of this package as the status names it. */
record Shown(String type, String reason, Lock lock, IntSupplier size) implements LocalTable {

    @Override
    public long entries() {
        lock.lock();
        try {
            return size.getAsInt();
        } finally {
            lock.unlock();
        }
    }
}
