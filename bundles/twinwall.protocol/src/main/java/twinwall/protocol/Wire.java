/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import twinwall.link.ProtocolException;

/** Numbers, bytes and texts in a frame. Every length is checked against its limit and what is there before anything is allocated. */
final class Wire {

    private Wire() {
    }

    /** Unsigned, seven bits a byte, lowest first; at most ten bytes. */
    static void putNumber(ByteBuffer into, long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            into.put((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        into.put((byte) rest);
    }

    static long number(ByteBuffer from) throws ProtocolException {
        try {
            byte first = from.get();
            if (first >= 0) {
                return first;
            }
            long number = first & 0x7f;
            for (int shift = 7; shift < 64; shift += 7) {
                byte next = from.get();
                number |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return number;
                }
            }
        } catch (BufferUnderflowException e) {
            throw cut();
        }
        throw new ProtocolException("bad-number", "a number of more than ten bytes");
    }

    /** A number that must be at most {@code most}. */
    static int number(ByteBuffer from, int most, String what) throws ProtocolException {
        long number = number(from);
        if (number < 0 || number > most) {
            throw new ProtocolException("over-limit", what + " is " + Long.toUnsignedString(number) + ", at most " + most + " is allowed");
        }
        return (int) number;
    }

    /** A table clock: one out of range would spoil this firewall's own stamps. */
    static long clock(ByteBuffer from) throws ProtocolException {
        long clock = number(from);
        if (clock < 0 || clock >>> 56 != 0) {
            throw new ProtocolException("bad-clock", "a table clock is out of range");
        }
        return clock;
    }

    static long signed(long zigzag) {
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    static long zigzag(long signed) {
        return signed << 1 ^ signed >> 63;
    }

    static void putBytes(ByteBuffer into, byte[] bytes) {
        putNumber(into, bytes.length);
        into.put(bytes);
    }

    static byte[] bytes(ByteBuffer from, int most, String what) throws ProtocolException {
        int length = number(from, most, "length of " + what);
        if (length > from.remaining()) {
            throw cut();
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    /** UTF-8, cut to the limit. */
    static void putText(ByteBuffer into, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, Limits.TEXT);
        putNumber(into, length);
        into.put(bytes, 0, length);
    }

    static String text(ByteBuffer from, String what) throws ProtocolException {
        String text = new String(bytes(from, Limits.TEXT, what), StandardCharsets.UTF_8);
        // Texts end in logs: no line breaks or terminal codes from the other side.
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    static int octet(ByteBuffer from) throws ProtocolException {
        if (!from.hasRemaining()) {
            throw cut();
        }
        return from.get() & 0xff;
    }

    static long eight(ByteBuffer from) throws ProtocolException {
        if (from.remaining() < 8) {
            throw cut();
        }
        return from.getLong();
    }

    private static ProtocolException cut() {
        return new ProtocolException("cut-frame", "the frame ends too early");
    }
}
