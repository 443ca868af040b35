/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.BitSet;

/** The buckets in which an entry changed, or had changed and was not confirmed, since a comparison began: their sums prove nothing. */
final class BusyBuckets {

    private final DigestKey key;
    private final int bits;
    private final BitSet busy;

    BusyBuckets(DigestKey key, int bits) {
        this.key = key;
        this.bits = bits;
        this.busy = new BitSet(1 << bits);
    }

    void touch(byte[] entryKey) {
        busy.set(DigestKey.bucket(key.ofKey(entryKey), bits));
    }

    boolean busy(int bucket) {
        return busy.get(bucket);
    }

    /** Whether so few buckets are at rest that comparing is not worth its cost. */
    boolean hopeless() {
        return busy.cardinality() > (3 << bits) / 4;
    }

    /** One bit for each bucket of a group, lowest first. */
    byte[] ofGroup(int group, int size) {
        byte[] set = busy.get(group * size, (group + 1) * size).toByteArray();
        return set;
    }
}
