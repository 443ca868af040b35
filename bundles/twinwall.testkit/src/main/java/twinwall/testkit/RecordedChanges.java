/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import twinwall.spi.BackupTiming;
import twinwall.spi.ChangeSink;
import twinwall.spi.Confirmation;
import twinwall.spi.ConfirmationListener;

/** Remembers the changes that a handler reports. Refuses what an engine refuses. For any number of threads. */
public final class RecordedChanges implements ChangeSink {

    private final List<EntryBytes> all = new CopyOnWriteArrayList<>();
    private final Queue<ConfirmationListener> waiting = new ConcurrentLinkedQueue<>();
    private volatile BackupTiming timing = BackupTiming.DEFAULT;

    @Override
    public BackupTiming timing() {
        return timing;
    }

    /** What an operator switches. */
    public void timing(BackupTiming now) {
        timing = now;
    }

    @Override
    public void put(byte[] key, byte[] value, byte[] soft) {
        EntryLimits.check(key, value, soft);
        all.add(new EntryBytes(key, value, soft));
    }

    /** Who waits is told by {@link #confirm}. */
    @Override
    public void putConfirmed(byte[] key, byte[] value, byte[] soft, ConfirmationListener listener) {
        put(key, value, soft);
        waiting.add(listener);
    }

    /** Tells all who wait what the peer has answered. */
    public void confirm(Confirmation confirmation) {
        for (ConfirmationListener next = waiting.poll(); next != null; next = waiting.poll()) {
            next.done(confirmation);
        }
    }

    @Override
    public void remove(byte[] key) {
        EntryLimits.checkKey(key);
        all.add(EntryBytes.removed(key));
    }

    /** The changes so far, in order. */
    public List<EntryBytes> all() {
        return List.copyOf(all);
    }

    /** Forgets the changes so far. */
    public void clear() {
        all.clear();
    }
}
