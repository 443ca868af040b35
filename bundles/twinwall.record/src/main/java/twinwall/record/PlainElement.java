/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

import twinwall.record.Shape.Plain;

/** Types without parameters. */
final class PlainElement extends Element {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int NANOS = 1_000_000_000;

    private final Plain plain;

    PlainElement(Plain plain) {
        super(plain);
        this.plain = plain;
    }

    @Override
    void write(ByteWriter out, Object value) {
        switch (plain) {
            case BOOLEAN -> out.octet((Boolean) value ? 1 : 0);
            case FLOAT -> out.fixed(Float.floatToIntBits((Float) value), Float.BYTES);
            case DOUBLE -> out.fixed(Double.doubleToLongBits((Double) value), Double.BYTES);
            case TEXT -> counted(out, utf8((String) value));
            case BYTES -> counted(out, (byte[]) value);
            case ADDRESS -> counted(out, ((InetAddress) value).getAddress());
            case IPV4, IPV6 -> out.all(((InetAddress) value).getAddress());
            case INSTANT -> {
                out.signed(((Instant) value).getEpochSecond());
                out.unsigned(((Instant) value).getNano());
            }
            default -> throw new IllegalStateException(plain.words());
        }
    }

    private static void counted(ByteWriter out, byte[] bytes) {
        out.unsigned(bytes.length);
        out.all(bytes);
    }

    private static byte[] utf8(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) && (!Character.isHighSurrogate(c) || ++i == text.length()
                    || !Character.isLowSurrogate(text.charAt(i)))) {
                // It would become a question mark, and two different keys one.
                throw new IllegalArgumentException("text has half a surrogate pair");
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what {@link #write} wrote. */
    static Object read(Plain plain, ByteReader in) throws RecordFormatException {
        return switch (plain) {
            case BOOLEAN -> in.flag();
            case FLOAT -> Float.intBitsToFloat((int) floatBits(in));
            case DOUBLE -> Double.longBitsToDouble(doubleBits(in));
            case TEXT -> in.text();
            case BYTES -> in.counted();
            case ADDRESS -> address(in.counted());
            case IPV4 -> address(in.take(IPV4_BYTES));
            case IPV6 -> address(in.take(IPV6_BYTES));
            case INSTANT -> instant(in);
        };
    }

    static long floatBits(ByteReader in) throws RecordFormatException {
        int bits = (int) in.fixed(Float.BYTES);
        if (bits != Float.floatToIntBits(Float.intBitsToFloat(bits))) {
            throw new RecordFormatException("a float is not a number in an unusual way");
        }
        return bits;
    }

    static long doubleBits(ByteReader in) throws RecordFormatException {
        long bits = in.fixed(Double.BYTES);
        if (bits != Double.doubleToLongBits(Double.longBitsToDouble(bits))) {
            throw new RecordFormatException("a double is not a number in an unusual way");
        }
        return bits;
    }

    private static InetAddress address(byte[] bytes) throws RecordFormatException {
        try {
            // The plain method would turn ::ffff:192.0.2.1 into an IPv4 address.
            return bytes.length == IPV6_BYTES ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new RecordFormatException("an address has " + bytes.length + " bytes", e);
        }
    }

    private static Instant instant(ByteReader in) throws RecordFormatException {
        long second = in.signed();
        int nano = in.below(NANOS, "the nanosecond");
        if (second < Instant.MIN.getEpochSecond() || second > Instant.MAX.getEpochSecond()) {
            throw new RecordFormatException("an instant is too far away");
        }
        return Instant.ofEpochSecond(second, nano);
    }

    @Override
    Object initial() {
        try {
            return switch (plain) {
                case TEXT -> "";
                case BYTES -> new byte[0];
                case ADDRESS, IPV4 -> address(new byte[IPV4_BYTES]);
                case IPV6 -> address(new byte[IPV6_BYTES]);
                case INSTANT -> Instant.EPOCH;
                case BOOLEAN -> false;
                case FLOAT -> 0f;
                case DOUBLE -> 0d;
            };
        } catch (RecordFormatException e) {
            throw new IllegalStateException("Zeros are an address", e);
        }
    }

    @Override
    Object describe(Object value) {
        return switch (plain) {
            case BOOLEAN, FLOAT, DOUBLE -> value;
            case BYTES -> HexFormat.of().formatHex((byte[]) value);
            case ADDRESS, IPV4, IPV6 -> ((InetAddress) value).getHostAddress();
            default -> value.toString();
        };
    }

    /** The shape of a Java type, or null when it is none of these. */
    static Plain of(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return Plain.BOOLEAN;
        } else if (type == float.class || type == Float.class) {
            return Plain.FLOAT;
        } else if (type == double.class || type == Double.class) {
            return Plain.DOUBLE;
        } else if (type == String.class) {
            return Plain.TEXT;
        } else if (type == byte[].class) {
            return Plain.BYTES;
        } else if (type == InetAddress.class) {
            return Plain.ADDRESS;
        } else if (type == Inet4Address.class) {
            return Plain.IPV4;
        } else if (type == Inet6Address.class) {
            return Plain.IPV6;
        }
        return type == Instant.class ? Plain.INSTANT : null;
    }
}
