/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import static twinwall.firewall.embedded.packet.Octets.i32;
import static twinwall.firewall.embedded.packet.Octets.u16;
import static twinwall.firewall.embedded.packet.Octets.u8;

/**
 * Types and codes of ICMP errors in the other family (RFC 7915, sections 4.2 and 5.2). A result holds the type in bits 40 to 47, the code
 * in bits 32 to 39 and the second word of the message in the low 32 bits; it is {@link #NONE} for what is silently dropped.
 */
final class IcmpErrors {

    /** There is no such message in the other family. */
    static final long NONE = -1;

    /** Plateaus of the path MTU (RFC 1191, section 7), for routers that do not say theirs. */
    private static final int[] PLATEAUS = {65535, 32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68};

    /** From the octet of an IPv4 header that is at fault to that of the IPv6 header; -1 when there is none (figure 3). */
    private static final int[] POINTERS_6 = {0, 1, 4, 4, -1, -1, -1, -1, 7, 6, -1, -1, 8, 8, 8, 8, 24, 24, 24, 24};

    private static final int LEAST_MTU_6 = 1280;

    private final int mtu4;
    private final int mtu6;

    IcmpErrors(int mtu4, int mtu6) {
        this.mtu4 = mtu4;
        this.mtu6 = mtu6;
    }

    /** The ICMPv6 message for the ICMP one at {@code at}, whose quoted packet had that total length. */
    long toIcmpv6(byte[] bytes, int at, int quotedLength) {
        int code = u8(bytes, at + 1);
        return switch (u8(bytes, at)) {
            case 3 -> unreachable6(code, u16(bytes, at + 6), quotedLength);
            case 11 -> code <= 1 ? message(3, code, 0) : NONE;
            case 12 -> code == 0 || code == 2 ? parameter6(u8(bytes, at + 4)) : NONE;
            default -> NONE;
        };
    }

    private long unreachable6(int code, int mtu, int quotedLength) {
        return switch (code) {
            case 0, 1, 5, 6, 7, 8, 11, 12 -> message(1, 0, 0);
            case 2 -> message(4, 1, 6);
            case 3 -> message(1, 4, 0);
            case 4 -> message(2, 0, Math.max(LEAST_MTU_6, Math.min(20 + Math.min(mtu == 0 ? plateau(quotedLength) : mtu, mtu4), mtu6)));
            case 9, 10, 13, 15 -> message(1, 1, 0);
            default -> NONE;
        };
    }

    private static int plateau(int length) {
        for (int plateau : PLATEAUS) {
            if (plateau < length) {
                return plateau;
            }
        }
        return PLATEAUS[PLATEAUS.length - 1];
    }

    private static long parameter6(int pointer) {
        int there = pointer < POINTERS_6.length ? POINTERS_6[pointer] : -1;
        return there < 0 ? NONE : message(4, 0, there);
    }

    /** The ICMP message for the ICMPv6 one at {@code at}. */
    long toIcmp(byte[] bytes, int at) {
        int code = u8(bytes, at + 1);
        return switch (u8(bytes, at)) {
            case 1 -> switch (code) {
                case 0, 2, 3 -> message(3, 1, 0);
                case 1 -> message(3, 10, 0);
                case 4 -> message(3, 3, 0);
                default -> NONE;
            };
            case 2 -> message(3, 4, tooBig4(i32(bytes, at + 4) & 0xffffffffL));
            case 3 -> code <= 1 ? message(11, code, 0) : NONE;
            case 4 -> code == 0 ? parameter4(i32(bytes, at + 4) & 0xffffffffL) : code == 1 ? message(3, 2, 0) : NONE;
            default -> NONE;
        };
    }

    private int tooBig4(long mtu) {
        return (int) Math.max(68, Math.min(Math.min(mtu, mtu6) - 20, mtu4));
    }

    /** Figure 6. */
    private static long parameter4(long pointer) {
        int there = pointer <= 1 ? (int) pointer : pointer < 4 ? -1 : pointer < 6 ? 2 : pointer == 6 ? 9 : pointer == 7 ? 8
                : pointer < 24 ? 12 : pointer < 40 ? 16 : -1;
        return there < 0 ? NONE : message(12, 0, there << 24);
    }

    /** A message as a result. */
    static long message(int type, int code, int rest) {
        return (long) type << 40 | (long) code << 32 | rest & 0xffffffffL;
    }
}
