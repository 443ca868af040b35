/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being read, from someone who may send anything. Each value has one byte form only; another one is refused. */
final class ByteReader {

    /** Elements of all lists of one section together: small elements must not become a large heap. */
    static final int MAX_ELEMENTS = 4096;

    private final byte[] bytes;
    private int position;
    private int elements;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int octet() throws RecordFormatException {
        need(1);
        return bytes[position++] & 0xff;
    }

    /** Bits come first in a section. Says where they start; those past {@code count} must be 0. */
    int bits(int count) throws RecordFormatException {
        int start = position;
        int octets = count + 7 >>> 3;
        need(octets);
        position += octets;
        if ((count & 7) != 0 && (bytes[position - 1] & 0xff) >>> (count & 7) != 0) {
            throw new RecordFormatException("a bit that means nothing is set");
        }
        return start;
    }

    boolean bit(int start, int bit) {
        return (bytes[start + (bit >>> 3)] >>> (bit & 7) & 1) != 0;
    }

    boolean flag() throws RecordFormatException {
        int octet = octet();
        if (octet > 1) {
            throw new RecordFormatException("a boolean is " + octet + " instead of 0 or 1");
        }
        return octet == 1;
    }

    /** So many bytes as an unsigned number. */
    long fixed(int count) throws RecordFormatException {
        need(count);
        long value = 0;
        for (int end = position + count; position < end; position++) {
            value = value << 8 | bytes[position] & 0xff;
        }
        return value;
    }

    long signed() throws RecordFormatException {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    long unsigned() throws RecordFormatException {
        need(1);
        int first = bytes[position++];
        return first >= 0 ? first : longer(first & 0x7f);
    }

    private long longer(long first) throws RecordFormatException {
        long value = first;
        for (int shift = 7; shift <= 63; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                if (octet == 0 || shift == 63 && octet > 1) {
                    throw new RecordFormatException("a number is not in its shortest form");
                }
                return value;
            }
        }
        throw new RecordFormatException("a number has more than 64 bits");
    }

    /** A number below {@code limit}. */
    int below(int limit, String what) throws RecordFormatException {
        long value = unsigned();
        if (value < 0 || value >= limit) {
            throw new RecordFormatException(what + " " + Long.toUnsignedString(value) + " is not below " + limit);
        }
        return (int) value;
    }

    /** A count of bytes that are there, and then these bytes. */
    byte[] counted() throws RecordFormatException {
        return take(below(remaining() + 1, "the length"));
    }

    /** As {@link #counted}, in UTF-8. */
    String text() throws RecordFormatException {
        byte[] raw = counted();
        String text = new String(raw, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), raw)) {
            throw new RecordFormatException("text is not UTF-8");
        }
        return text;
    }

    byte[] take(int count) throws RecordFormatException {
        need(count);
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }

    /** The length of a list: each element has a byte at least. */
    int count() throws RecordFormatException {
        int count = below(remaining() + 1, "the length of a list");
        elements += count;
        if (elements > MAX_ELEMENTS) {
            throw new RecordFormatException("more than " + MAX_ELEMENTS + " list elements");
        }
        return count;
    }

    int remaining() {
        return bytes.length - position;
    }

    void end() throws RecordFormatException {
        if (position != bytes.length) {
            throw new RecordFormatException(remaining() + " bytes too many");
        }
    }

    private void need(int count) throws RecordFormatException {
        if (count > bytes.length - position) {
            throw new RecordFormatException("the bytes end too early");
        }
    }
}
