/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import twinwall.link.ProtocolException;

/** Entries in a frame: flags, stamp relative to the one before, key, value, soft facts. */
final class EntryCodec {

    private static final int REMOVED = 1;
    private static final int SOFT = 2;

    private EntryCodec() {
    }

    /** Most bytes that the entry takes. */
    static int size(int key, int value, int soft) {
        return 1 + 10 + 2 + key + 3 + value + 2 + soft;
    }

    static void write(ByteBuffer into, Entry entry, long previousStamp) {
        into.put((byte) ((entry.removed() ? REMOVED : 0) | (entry.soft().length > 0 ? SOFT : 0)));
        Wire.putNumber(into, Wire.zigzag(entry.stamp() - previousStamp));
        Wire.putBytes(into, entry.key());
        if (!entry.removed()) {
            Wire.putBytes(into, entry.value());
        }
        if (entry.soft().length > 0) {
            Wire.putBytes(into, entry.soft());
        }
    }

    /** All entries up to the end of the frame. */
    static List<Entry> read(ByteBuffer from, long base) throws ProtocolException {
        List<Entry> entries = new ArrayList<>(Math.max(1, from.remaining() / 40));
        long stamp = base;
        while (from.hasRemaining()) {
            int flags = Wire.octet(from);
            if ((flags & ~(REMOVED | SOFT)) != 0) {
                throw new ProtocolException("bad-entry", "unknown flags " + flags + " in an entry");
            }
            stamp += Wire.signed(Wire.number(from));
            if (stamp <= 0 || stamp >>> 57 != 0) {
                throw new ProtocolException("bad-entry", "a stamp is out of range");
            }
            byte[] key = Wire.bytes(from, Limits.KEY, "a key");
            if (key.length == 0) {
                throw new ProtocolException("bad-entry", "an empty key");
            }
            byte[] value = (flags & REMOVED) != 0 ? null : Wire.bytes(from, Limits.VALUE, "a value");
            byte[] soft = (flags & SOFT) != 0 ? Wire.bytes(from, Limits.SOFT, "soft facts") : Entry.NOTHING;
            entries.add(new Entry(key, value, soft, stamp));
        }
        return entries;
    }
}
