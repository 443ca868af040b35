/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.List;

import org.osgi.annotation.versioning.ProviderType;

/** What came from the peer for one table and is to be done in order, on one thread at a time, by an {@link Applier}. */
@ProviderType
public sealed interface Work {

    /** Bytes it holds, for the bound on what waits. */
    int bytes();

    /** The peer offers its table: open it for entries of this layout. */
    record Open(int schema, byte[] layout) implements Work {
        @Override
        public int bytes() {
            return layout.length;
        }
    }

    /** Live changes; the last has this sequence number. */
    record Changes(long lastSeq, List<Entry> entries, int bytes) implements Work {
    }

    /** Entries of a snapshot; the last has this position. */
    record Snapshot(long lastPosition, List<Entry> entries, int bytes) implements Work {
    }

    /** A snapshot ends. */
    record End(long position) implements Work {
        @Override
        public int bytes() {
            return 0;
        }
    }
}
