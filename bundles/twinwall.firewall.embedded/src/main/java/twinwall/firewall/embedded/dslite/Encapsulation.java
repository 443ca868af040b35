/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import static twinwall.firewall.embedded.packet.Octets.put16;
import static twinwall.firewall.embedded.packet.Octets.put32;
import static twinwall.firewall.embedded.packet.Octets.put64;
import static twinwall.firewall.embedded.packet.Octets.u16;
import static twinwall.firewall.embedded.packet.Octets.u8;

import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.packet.Checksums;
import twinwall.firewall.embedded.packet.Packet;

/**
 * IPv4 packets in IPv6 ones (RFC 2473, protocol 4). The traffic class of the outer packet is the inner one's; what the outer one has learnt
 * of congestion on the way is kept (RFC 6040, section 4).
 */
final class Encapsulation {

    /** Protocol number of an IPv4 packet inside. */
    static final int IPV4 = 4;

    private static final int HEADER = 40;
    private static final int HEADER_4 = 20;
    private static final int HOP_LIMIT = 64;
    private static final int CONGESTED = 3;

    private Encapsulation() {
    }

    /**
     * The packet inside as a frame of its own.
     *
     * @param outer no fragment, of protocol 4
     * @param start where its frame begins
     * @return {@code null} when no IPv4 header is inside, or the outer packet met congestion that the inner one's sender would not notice
     */
    static byte[] open(Packet outer, int start) {
        int octets = Math.min(outer.end, outer.ipEnd) - outer.transport;
        if (octets < HEADER_4 || u8(outer.bytes, outer.transport) >>> 4 != 4) {
            return null;
        }
        int link = outer.ip - start;
        byte[] inner = new byte[link + octets];
        System.arraycopy(outer.bytes, start, inner, 0, link);
        put16(inner, link - 2, 0x0800);
        System.arraycopy(outer.bytes, outer.transport, inner, link, octets);
        return (u16(outer.bytes, outer.ip) >>> 4 & CONGESTED) != CONGESTED || markCongested(inner, link) ? inner : null;
    }

    private static boolean markCongested(byte[] inner, int at) {
        int before = u16(inner, at);
        if ((before & CONGESTED) == 0) {
            return false;
        }
        put16(inner, at, before | CONGESTED);
        put16(inner, at + 10, Checksums.update16(u16(inner, at + 10), before, before | CONGESTED));
        return true;
    }

    /** A frame with the IPv4 packet inside of an IPv6 one; a packet that a capture has cut stays cut. */
    static byte[] close(Packet inner, int start, Ip6 from, Ip6 to) {
        int link = inner.ip - start;
        int octets = Math.min(inner.end, inner.ipEnd) - inner.ip;
        byte[] made = new byte[link + HEADER + octets];
        System.arraycopy(inner.bytes, start, made, 0, link);
        put16(made, link - 2, 0x86dd);
        put32(made, link, 0x60000000 | u8(inner.bytes, inner.ip + 1) << 20);
        put16(made, link + 4, inner.ipLength());
        made[link + 6] = IPV4;
        made[link + 7] = HOP_LIMIT;
        put64(made, link + 8, from.high());
        put64(made, link + 16, from.low());
        put64(made, link + 24, to.high());
        put64(made, link + 32, to.low());
        System.arraycopy(inner.bytes, inner.ip, made, link + HEADER, octets);
        return made;
    }
}
