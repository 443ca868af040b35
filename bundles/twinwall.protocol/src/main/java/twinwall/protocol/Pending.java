/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.Arrays;

/** The latest state of one entry that the peer has not confirmed. Its own key in the {@link Backlog}'s map. */
final class Pending {

    /** Heap beside the arrays' own bytes: this object, the map's node, array headers, its places in the queues. */
    static final int OVERHEAD = 200;
    /** The state that is sent next. */
    static final long NEXT_SENT = -1;

    final byte[] key;
    final long hash;
    /** Without quick backup this state would not be sent at all. */
    boolean onlyQuick;
    byte[] value;
    byte[] soft;
    long stamp;
    /** Time of the first change that is not confirmed. */
    long since;
    /** Waits to be sent (again). */
    boolean dirty;
    /** The place of the latest change in the {@link TableOrder}. */
    long number;
    /** That of the first one since it was sent last. */
    long firstNumber;
    /** Who wants to know when the peer has this state, while it waits to be sent; null for nobody. */
    Asked asked;
    /** Sequence number it was last sent under, 0 when it is not in flight. */
    long seq;

    /** The sequence number with whose confirmation the peer has what was marked; {@link #NEXT_SENT} before it is sent, 0: not marked. */
    long awaited;

    Pending(byte[] key, long hash) {
        this(key, hash, false);
    }

    Pending(byte[] key, long hash, boolean onlyQuick) {
        this.key = key;
        this.hash = hash;
        this.onlyQuick = onlyQuick;
    }

    int bytes() {
        return key.length + (value == null ? 0 : value.length) + soft.length + OVERHEAD;
    }

    Entry entry() {
        return new Entry(key, value, soft, stamp);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pending that && hash == that.hash && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return (int) (hash >>> 32);
    }
}
