/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.spi;

import java.io.IOException;
import java.util.Map;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Backs up one type of service table: read where it is produced, rebuilt on the peer.
 * <p>
 * A handler is an OSGi service, annotated with {@link BackupTable}. An entry is a key and a value, both bytes that only the handler
 * understands. Soft facts (counters, remaining time) travel beside the value: two entries that differ in them only are equal.
 * <p>
 * <b>Lifecycle.</b> The engine calls {@link #watch} once, then {@link #snapshot} as often as the peer needs the whole table and
 * {@link #restore} whenever the peer (again) offers its table. {@link #watch} and {@link #snapshot} may run at the same time as
 * what {@link #restore} returned.
 * <p>
 * <b>Failure.</b> An exception, or a call that makes no progress within the deadline, takes this table out of sync; the other tables
 * are not affected. The engine logs it, waits, and starts over with a new snapshot.
 * <p>
 * When two handlers claim one table type the one with the higher {@code service.ranking} is used.
 */
@ConsumerType
public interface TableHandler {

    /**
     * Reports every change that is due for backup, until closed. Called before {@link #snapshot}, so that no change falls between.
     * <p>
     * What was applied through {@link #restore} must not be reported again.
     *
     * @param changes where to report; never blocks, so it may be called from the firewall's own threads
     * @return stops the reporting; after {@code close} returns nothing is reported any more
     */
    AutoCloseable watch(ChangeSink changes);

    /**
     * Writes every entry that is due for backup, in any order, each as it is when it is written. Entries that change meanwhile may be
     * left out or written in either state: their change is reported to the {@link ChangeSink}.
     * <p>
     * Called on a thread of the engine that may block as long as the peer is slow; also every few seconds, to compare the table's content
     * with the peer's: what is written must come from the table itself.
     *
     * @throws IOException when {@code out} throws it: the snapshot is no longer wanted
     */
    void snapshot(SnapshotSink out) throws IOException;

    /**
     * Opens this table for entries from the peer. Called when the peer offers the table; a sink opened earlier is not used any more.
     * The sink is called on one thread at a time.
     *
     * @param peer how the peer's handler lays out its entries
     * @throws IOException when entries of that layout cannot be read here; the message is shown to the operator
     */
    EntrySink restore(PeerLayout peer) throws IOException;

    /**
     * Describes how this handler lays out its entries, for {@link PeerLayout#description()} on the peer.
     *
     * @return at most 16 KiB; empty when the schema number of {@link BackupTable#schema()} says it all
     */
    default byte[] layout() {
        return new byte[0];
    }

    /**
     * Decides between two values that the two firewalls gave one entry while neither knew of the other. Must give the same answer on
     * both firewalls: {@code compare(k, a, b) == -compare(k, b, a)}.
     *
     * @return positive when {@code mine} is further (for example a later TCP state), negative when {@code theirs} is, 0 to let the
     *     later change win
     */
    default int compare(byte[] key, byte[] mine, byte[] theirs) {
        return 0;
    }

    /**
     * An entry as an operator reads it: name to value, in a sensible order. Secrets must be left out.
     *
     * @return values are strings, numbers, booleans, lists or maps of these; empty shows the bytes in hexadecimal
     */
    default Map<String, Object> describe(byte[] key, byte[] value, byte[] soft) {
        return Map.of();
    }

    /**
     * How many entries the firewall's table holds, due for backup or not: what is not due is what a failover would cost by design. May
     * be called from any thread, at any time.
     *
     * @return -1 when that is not known
     */
    default long size() {
        return -1;
    }

    /**
     * How many of the peer's entries this firewall did not take since the handler started, because they contradict its configuration, by
     * reason: lower case with hyphens, at most 32 of them. The rest of the table is not affected. May be called from any thread, at any
     * time.
     */
    default Map<String, Long> refused() {
        return Map.of();
    }
}
