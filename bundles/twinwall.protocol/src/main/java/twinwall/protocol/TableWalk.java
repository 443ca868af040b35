/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One walk over what is really in the firewall's table, for a comparison with the peer's: the sum of each bucket's entries, and the
 * entries themselves of buckets that were found to differ before. Filled by one thread, then handed to {@link Comparison#walked}.
 */
public final class TableWalk {

    /** A walk takes so long where it would be faster: there is no need to take the processor at once. */
    private static final long LEAST_PACE_MILLIS = 1200;
    /** A walk over more entries takes longer in proportion, so that its share of a processor does not grow with the table. */
    private static final long PACED_ENTRIES = 1_000_000;
    /** Entries of suspect buckets kept at most, and their bytes: past it none of them is looked at this time. */
    static final int MOST_KEPT = 32_768;
    static final int MOST_KEPT_BYTES = 8 << 20;

    private final DigestKey key;
    private final int bits;
    private final BitSet suspects;
    private final boolean quick;
    private final long expected;
    private final long[] sums;
    private final Map<Integer, List<Seen>> kept = new HashMap<>();
    private int keptEntries;
    private long keptBytes;
    private boolean overfull;
    private long entries;
    private volatile boolean over;

    /** An entry of a suspect bucket. */
    record Seen(byte[] key, byte[] value, byte[] soft, long valueHash) {
    }

    TableWalk(DigestKey key, int bits, BitSet suspects, boolean quick, long expected) {
        this.key = key;
        this.bits = bits;
        this.suspects = suspects;
        this.quick = quick;
        this.expected = expected;
        this.sums = new long[1 << bits];
    }

    /** One entry as it is in the table; soft facts count only when they are {@link #softWanted}. */
    public void see(byte[] entryKey, byte[] value, byte[] soft) {
        if (!Limits.allow(entryKey, value, soft)) {
            // It is not backed up either.
            return;
        }
        long keyHash = key.ofKey(entryKey);
        long valueHash = key.ofValue(value);
        int bucket = DigestKey.bucket(keyHash, bits);
        sums[bucket] += DigestKey.ofEntry(keyHash, valueHash);
        entries++;
        if (suspects.get(bucket)) {
            keep(bucket, new Seen(entryKey, value, soft, valueHash));
        }
    }

    private void keep(int bucket, Seen seen) {
        keptEntries++;
        keptBytes += seen.key.length + seen.value.length + seen.soft.length + Pending.OVERHEAD;
        overfull |= keptEntries > MOST_KEPT || keptBytes > MOST_KEPT_BYTES;
        if (overfull) {
            kept.clear();
        } else {
            kept.computeIfAbsent(bucket, none -> new ArrayList<>()).add(seen);
        }
    }

    /** Whether entries are due as with quick backup: both firewalls must look at the same entries. */
    public boolean quick() {
        return quick;
    }

    /** Whether soft facts are asked for; else any will do. */
    public boolean softWanted() {
        return !suspects.isEmpty();
    }

    /** Whether nobody waits for it any more. */
    public boolean over() {
        return over;
    }

    void end() {
        over = true;
    }

    /** Entries that are likely there. */
    public long expected() {
        return expected;
    }

    /** So long it may take: there is no need to hurry. */
    public long paceMillis() {
        return Math.max(LEAST_PACE_MILLIS, expected * LEAST_PACE_MILLIS / PACED_ENTRIES);
    }

    /** Entries seen. */
    public long entries() {
        return entries;
    }

    /** Too much was in suspect buckets: what is known of them is not enough to repair them. */
    boolean overfull() {
        return overfull;
    }

    boolean suspect(int bucket) {
        return suspects.get(bucket) && !overfull;
    }

    List<Seen> kept(int bucket) {
        return kept.getOrDefault(bucket, List.of());
    }

    BitSet suspects() {
        return suspects;
    }

    int bits() {
        return bits;
    }

    DigestKey key() {
        return key;
    }

    long sum(int bucket) {
        return sums[bucket];
    }

    int groupSize() {
        return sums.length >>> DigestKey.GROUP_BITS;
    }

    long groupSum(int group) {
        long sum = 0;
        for (int bucket = group * groupSize(); bucket < (group + 1) * groupSize(); bucket++) {
            // The place counts: sums that changed places are another table.
            sum = sum * 31 + sums[bucket];
        }
        return sum;
    }
}
