/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.util.Arrays;

/** Bytes being written. */
final class ByteWriter {

    private static final int FIRST_SIZE = 64;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;

    /** Leaves room for bits, all 0, and says where they start. */
    int room(int count) {
        int start = length;
        reserve(count);
        length += count;
        return start;
    }

    void setBit(int start, int bit) {
        bytes[start + (bit >>> 3)] |= (byte) (1 << (bit & 7));
    }

    void octet(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    /** The low {@code count} bytes, highest first. */
    void fixed(long value, int count) {
        reserve(count);
        for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    /** Seven bits a byte, lowest first; the top bit says that more follow. */
    void unsigned(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void all(byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
