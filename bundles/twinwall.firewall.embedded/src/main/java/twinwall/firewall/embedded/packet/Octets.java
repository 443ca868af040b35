/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network order in a byte array. */
public final class Octets {

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Octets() {
    }

    /** One octet, 0 to 255. */
    public static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    /** Two octets, 0 to 65535. */
    public static int u16(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at) & 0xffff;
    }

    /** Four octets. */
    public static int i32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    /** Eight octets. */
    public static long i64(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Writes the low two octets. */
    public static void put16(byte[] bytes, int at, int value) {
        SHORTS.set(bytes, at, (short) value);
    }

    /** Writes four octets. */
    public static void put32(byte[] bytes, int at, int value) {
        INTS.set(bytes, at, value);
    }

    /** Writes eight octets. */
    public static void put64(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }
}
