/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The buckets that were found to differ while both sides were quiet. One that differs again is repaired; one that differs even then, as
 * when a firewall refuses the entry, is tried again less and less often.
 */
final class Suspects {

    static final int MOST_AT_ONCE = 512;
    private static final int MOST = 4096;
    private static final int MOST_PAUSE = 64;
    private static final int ENTRIES_AT_ONCE = 8192;

    private final Map<Integer, Suspect> suspects = new TreeMap<>();
    private long uncounted;
    private long repaired;

    private static final class Suspect {
        private int tries;
        private long notBefore;
        private long entries = 1;
    }

    /** The ones to look into in this round. */
    BitSet due(long round, boolean all, int entriesPerBucket) {
        BitSet due = new BitSet();
        int most = Math.max(1, Math.min(MOST_AT_ONCE, ENTRIES_AT_ONCE / Math.max(1, entriesPerBucket)));
        suspects.forEach((bucket, suspect) -> {
            if ((all || suspect.notBefore <= round) && due.cardinality() < most) {
                due.set(bucket);
            }
        });
        uncounted = 0;
        return due;
    }

    void differs(int bucket) {
        if (suspects.size() >= MOST && !suspects.containsKey(bucket)) {
            uncounted++;
        } else {
            suspects.computeIfAbsent(bucket, none -> new Suspect());
        }
    }

    /** What was done about it has helped, or it was none. */
    void equal(int bucket) {
        Suspect gone = suspects.remove(bucket);
        if (gone != null && gone.tries > 0) {
            repaired += gone.entries;
        }
    }

    /** Its entries, so many, were announced again. */
    void tried(int bucket, long entries, long round) {
        Suspect suspect = suspects.get(bucket);
        if (suspect != null) {
            suspect.tries++;
            suspect.entries = Math.max(1, entries);
            suspect.notBefore = round + Math.min(MOST_PAUSE, 1L << suspect.tries - 1);
        }
    }

    /** Buckets are counted otherwise from now on. */
    void clear() {
        suspects.clear();
        uncounted = 0;
    }

    boolean isEmpty() {
        return suspects.isEmpty();
    }

    /** Entries known to differ; of buckets that were not looked into yet, one each. */
    long drift() {
        return suspects.values().stream().mapToLong(suspect -> suspect.entries).sum() + uncounted;
    }

    /** Entries that still differ after they were announced again. */
    long futile() {
        return suspects.values().stream().filter(suspect -> suspect.tries > 1).mapToLong(suspect -> suspect.entries).sum();
    }

    /** Whether something may still be repaired soon. */
    boolean hopeful() {
        return uncounted > 0 || suspects.values().stream().anyMatch(suspect -> suspect.tries < 2);
    }

    /** Entries that are equal again since the beginning. */
    long repaired() {
        return repaired;
    }
}
