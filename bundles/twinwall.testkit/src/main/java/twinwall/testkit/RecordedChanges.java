/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import twinwall.spi.BackupTiming;
import twinwall.spi.ChangeSink;

/** Remembers the changes that a handler reports. Refuses what an engine refuses. For any number of threads. */
public final class RecordedChanges implements ChangeSink {

    private final List<EntryBytes> all = new CopyOnWriteArrayList<>();
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
