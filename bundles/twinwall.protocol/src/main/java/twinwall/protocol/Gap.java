/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.BitSet;

import twinwall.link.ProtocolException;

/**
 * The part of a table that a snapshot must hold for a peer that had the table and missed changes: besides the entries that are known to be
 * new to it, all entries of the buckets in which it missed a removal. 8 KiB, whatever the size of the table. Not thread-safe.
 */
final class Gap {

    private static final int BITS = 16;

    private final DigestKey key;
    private final BitSet buckets;

    Gap(DigestKey key) {
        this(key, new BitSet());
    }

    private Gap(DigestKey key, BitSet buckets) {
        this.key = key;
        this.buckets = buckets;
    }

    /** The peer is not told that this entry is gone. */
    void removed(byte[] entryKey) {
        buckets.set(bucket(entryKey));
    }

    /** Whether the snapshot says all that there is of this entry's bucket. */
    boolean covers(byte[] entryKey) {
        return !buckets.isEmpty() && buckets.get(bucket(entryKey));
    }

    /** Whether no removal was missed. */
    boolean isEmpty() {
        return buckets.isEmpty();
    }

    private int bucket(byte[] entryKey) {
        return DigestKey.bucket(key.ofKey(entryKey), BITS);
    }

    /** What both have missed; null when one of them is, which stands for the whole table. Both are of the same table. */
    static Gap both(Gap one, Gap other) {
        if (one == null || other == null) {
            return null;
        }
        BitSet all = (BitSet) one.buckets.clone();
        all.or(other.buckets);
        return new Gap(one.key, all);
    }

    void write(ByteBuffer into) {
        into.putLong(key.k0());
        into.putLong(key.k1());
        Wire.putBytes(into, buckets.toByteArray());
    }

    static Gap read(ByteBuffer from) throws ProtocolException {
        return new Gap(new DigestKey(Wire.eight(from), Wire.eight(from)), BitSet.valueOf(Wire.bytes(from, (1 << BITS) / 8, "buckets")));
    }
}
