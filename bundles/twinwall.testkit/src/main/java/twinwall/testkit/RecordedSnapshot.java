/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import twinwall.spi.BackupTiming;
import twinwall.spi.EntrySink;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/** Remembers the entries that a handler writes. Refuses what an engine refuses. For one thread. */
public final class RecordedSnapshot implements SnapshotSink {

    private final List<EntryBytes> entries = new ArrayList<>();
    private final BackupTiming timing;

    private RecordedSnapshot(BackupTiming timing) {
        this.timing = timing;
    }

    /** The whole table. */
    public static RecordedSnapshot of(TableHandler handler, BackupTiming timing) throws IOException {
        RecordedSnapshot snapshot = new RecordedSnapshot(timing);
        handler.snapshot(snapshot);
        return snapshot;
    }

    @Override
    public BackupTiming timing() {
        return timing;
    }

    @Override
    public void put(byte[] key, byte[] value, byte[] soft) {
        EntryLimits.check(key, value, soft);
        entries.add(new EntryBytes(key, value, soft));
    }

    /** The entries, in the order in which they were written. */
    public List<EntryBytes> entries() {
        return List.copyOf(entries);
    }

    /** Writes every entry to where the peer takes them. */
    public void writeTo(EntrySink sink) throws IOException {
        for (EntryBytes entry : entries) {
            sink.put(entry.key(), entry.value(), entry.soft());
        }
    }
}
