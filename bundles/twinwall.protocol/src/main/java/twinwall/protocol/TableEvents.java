/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import org.osgi.annotation.versioning.ConsumerType;

/** What a {@link TableReplica} asks for. Called with its lock held: return at once, and do the work elsewhere. */
@ConsumerType
public interface TableEvents {

    /** There is something to send for this table. */
    void wake();

    /** {@link TableReplica#take} has work. */
    void workArrived();

    /** Somebody's question is answered, see {@link TableReplica#put(byte[], byte[], byte[], Object)}. */
    void answered(Object who, Answered how);

    /** Read the whole table into {@link TableReplica#snapshotPut}, then call {@link TableReplica#snapshotRead}. Earlier ones are void. */
    void snapshotWanted(long id);

    /** {@link TableReplica#snapshotPut} may have room again, or the snapshot is void. */
    void snapshotRoom();

    /** Show the walk every entry of the table, see {@link TableWalk#see}, then call {@link Comparison#walked}. Earlier ones are void. */
    default void walkWanted(TableWalk walk) {
        // A table that nobody can walk over is not compared.
    }
}
