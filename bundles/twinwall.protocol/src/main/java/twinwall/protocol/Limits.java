/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.link.HeartbeatLink;

/** A limit on everything that grows with what others do. Documented in {@code docs/protocol.md}, "Limits". */
public final class Limits {

    /** Bytes in a key. */
    public static final int KEY = 1024;
    /** Bytes in a value. */
    public static final int VALUE = 16 * 1024;
    /** Bytes of soft facts. */
    public static final int SOFT = 256;
    /** Bytes in a layout. */
    public static final int LAYOUT = 16 * 1024;
    /** Bytes in a name or a reason. */
    public static final int TEXT = 256;
    /** Tables one firewall may offer. */
    public static final int TABLES = 256;
    /** Links at once. */
    public static final int LINKS = 4;
    /** Changes of one table that are sent and not confirmed. */
    static final int WINDOW_CHANGES = 32_768;
    /** Bytes of them, with {@link Pending#OVERHEAD} each. */
    static final int WINDOW_BYTES = 8 << 20;
    /** A frame of many entries is about this long: one TLS record, and a hello never waits long behind it. */
    static final int BATCH_BYTES = 14 * 1024;
    /** Bytes of one table that wait to be applied; a peer that keeps to its windows stays far below. */
    static final long QUEUED_BYTES = 64 << 20;
    /** Bytes of one frame. */
    static final int FRAME = HeartbeatLink.MAX_FRAME;
    /** Monitored items of one firewall. */
    public static final int ITEMS = 10_000;

    private Limits() {
    }

    /** Refuses an entry that is over a limit with an {@link IllegalArgumentException}. */
    static void check(byte[] key, byte[] value, byte[] soft) {
        if (!allow(key, value, soft)) {
            throw new IllegalArgumentException("An entry with key, value and soft facts of " + key.length + ", " + value.length + " and "
                    + soft.length + " bytes; allowed are 1 to " + KEY + ", " + VALUE + " and " + SOFT + ".");
        }
    }

    /** Whether an entry is within the limits. */
    static boolean allow(byte[] key, byte[] value, byte[] soft) {
        return key.length > 0 && key.length <= KEY && value.length <= VALUE && soft.length <= SOFT;
    }
}
