/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

/** The Internet checksum (RFC 1071) and its update in place (RFC 1624). */
public final class Checksums {

    private Checksums() {
    }

    /** One's complement sum of octets, not folded; an odd last octet counts as if a zero followed. */
    public static long sum(byte[] bytes, int from, int to) {
        long sum = 0;
        int at = from;
        // Two words of 32 bits at a time: they add up to the same, as 2^16 is 1 modulo 2^16 - 1 (RFC 1071, section 2 (C)).
        for (; at + 7 < to; at += 8) {
            long words = Octets.i64(bytes, at);
            sum += (words >>> 32) + (words & 0xffff_ffffL);
        }
        for (; at + 1 < to; at += 2) {
            sum += Octets.u16(bytes, at);
        }
        return at < to ? sum + (Octets.u8(bytes, at) << 8) : sum;
    }

    /** The checksum field for a sum. */
    public static int finish(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }

    /** The checksum after a 16-bit word has changed (RFC 1624, section 3, equation 3). */
    public static int update16(int checksum, int before, int after) {
        return finish((long) (~checksum & 0xffff) + (~before & 0xffff) + (after & 0xffff));
    }

    /** The checksum after a 32-bit word has changed. */
    public static int update32(int checksum, int before, int after) {
        return finish((long) (~checksum & 0xffff) + (~before >>> 16) + (~before & 0xffff) + (after >>> 16) + (after & 0xffff));
    }

    /** The checksum after words with the sum {@code before} have given way to words with the sum {@code after}, see {@link #sum}. */
    public static int update(int checksum, long before, long after) {
        return finish((~checksum & 0xffff) + finish(before) + after);
    }

    /** Whether the checksum of the transport layer is right. Only for a whole packet that is no fragment. */
    public static boolean transportRight(Packet packet) {
        int length = packet.ipEnd - packet.transport;
        if (packet.protocol == Protocols.UDP && Octets.u16(packet.bytes, packet.transport + 6) == 0) {
            return !packet.v6;
        }
        long sum = sum(packet.bytes, packet.transport, packet.ipEnd);
        if (packet.protocol != Protocols.ICMP) {
            int addresses = packet.ip + (packet.v6 ? 8 : 12);
            sum += sum(packet.bytes, addresses, addresses + (packet.v6 ? 32 : 8)) + packet.protocol + (length >>> 16) + (length & 0xffff);
        }
        return finish(sum) == 0;
    }
}
