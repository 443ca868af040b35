/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * Hashes entries for the comparison of two tables. The key is drawn by the firewall that leads and told to its peer only, so that nobody
 * who chooses entries can make two different tables look equal.
 */
final class DigestKey {

    /** Buckets are gathered in so many groups, whose sums are compared first. */
    static final int GROUP_BITS = 6;
    static final int MOST_BITS = 16;
    private static final int ENTRIES_PER_BUCKET = 16;

    private final long k0;
    private final long k1;
    private final KeyHash keys;
    private final KeyHash values;

    DigestKey(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
        this.keys = new KeyHash(k0, k1);
        this.values = new KeyHash(~k1, k0);
    }

    /** How many bits name a bucket, for a table of so many entries: few entries to a bucket, so that most are at rest in a busy table. */
    static int bits(long entries) {
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, entries / ENTRIES_PER_BUCKET) - 1);
        return Math.min(MOST_BITS, Math.max(GROUP_BITS, bits));
    }

    static int bucket(long keyHash, int bits) {
        return (int) (keyHash >>> 64 - bits);
    }

    long ofKey(byte[] key) {
        return keys.of(key);
    }

    long ofValue(byte[] value) {
        return values.of(value);
    }

    /** What an entry adds to the sum of its bucket: not linear in either hash, so that values that changed places are noticed. */
    static long ofEntry(long keyHash, long valueHash) {
        long mixed = keyHash + Long.rotateLeft(valueHash, 32) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    long k0() {
        return k0;
    }

    long k1() {
        return k1;
    }
}
