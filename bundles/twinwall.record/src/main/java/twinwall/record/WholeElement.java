/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.math.BigInteger;

import twinwall.record.Shape.Whole;
import twinwall.record.Shape.Width;

/** Whole numbers. */
final class WholeElement extends Element {

    private final Whole whole;

    WholeElement(Whole whole) {
        super(whole);
        this.whole = whole;
    }

    static void write(ByteWriter out, Whole whole, long value) {
        if (whole.fixed() == 0) {
            if (whole.width().signed()) {
                out.signed(value);
            } else {
                out.unsigned(value);
            }
            return;
        }
        if (whole.fixed() < whole.width().bytes && value >>> whole.fixed() * 8 != 0) {
            throw new IllegalArgumentException(value + " does not fit into " + whole.fixed() + " bytes");
        }
        out.fixed(value, whole.fixed());
    }

    /** Reads what {@link #write} wrote on the peer, where a smaller or larger type may be used. */
    static long read(ByteReader in, Whole whole, long min, long max) throws RecordFormatException {
        long value;
        if (whole.fixed() == 0) {
            value = whole.width().signed() ? in.signed() : in.unsigned();
        } else {
            value = in.fixed(whole.fixed());
            if (whole.fixed() == whole.width().bytes && whole.width().signed()) {
                int unused = Long.SIZE - whole.fixed() * 8;
                value = value << unused >> unused;
            }
        }
        if (value < min || value > max) {
            throw new RecordFormatException("the number " + value + " is not in " + min + " to " + max);
        }
        return value;
    }

    static Object box(Width width, long value) {
        return switch (width) {
            case BYTE -> (byte) value;
            case SHORT -> (short) value;
            case CHAR -> (char) value;
            case INT -> (int) value;
            case LONG -> value;
        };
    }

    @Override
    void write(ByteWriter out, Object value) {
        write(out, whole, number(value));
    }

    @Override
    Object initial() {
        return box(whole.width(), 0);
    }

    /** A fixed number is unsigned. */
    @Override
    Object describe(Object value) {
        if (value instanceof Character) {
            return value.toString();
        }
        long number = number(value);
        if (whole.fixed() == 0 || number >= 0) {
            return value;
        }
        return whole.fixed() == Long.BYTES ? new BigInteger(Long.toUnsignedString(number)) : number & (1L << whole.fixed() * 8) - 1;
    }

    private static long number(Object value) {
        return value instanceof Character c ? c : ((Number) value).longValue();
    }

    /** The width of a Java type, or null when it is no whole number. */
    static Width width(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return Width.INT;
        } else if (type == long.class || type == Long.class) {
            return Width.LONG;
        } else if (type == short.class || type == Short.class) {
            return Width.SHORT;
        } else if (type == byte.class || type == Byte.class) {
            return Width.BYTE;
        }
        return type == char.class || type == Character.class ? Width.CHAR : null;
    }
}
