/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import static twinwall.firewall.embedded.packet.Octets.put16;
import static twinwall.firewall.embedded.packet.Octets.put32;
import static twinwall.firewall.embedded.packet.Octets.put64;
import static twinwall.firewall.embedded.packet.Octets.u16;
import static twinwall.firewall.embedded.packet.Octets.u8;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.packet.Checksums;
import twinwall.firewall.embedded.packet.Ipv6Fragments;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;

/**
 * Translates packets between IPv6 and IPv4 (RFC 7915). As a router on both sides it takes one from TTL and hop limit. Checksums are updated
 * by difference, so that a wrong one stays wrong, except that of a UDP datagram that has none in IPv4, and those of ICMP errors, which are
 * verified and made anew. ICMP fragments, datagrams that are fragmented and have no UDP checksum, AH, and extension headers behind a
 * fragment header are not translated. Packets cut by a capture stay cut. Used under the firewall's lock only.
 */
final class Crossing {

    private static final int HEADER_4 = 20;
    private static final int HEADER_6 = 40;
    private static final int ICMP_HEADER = 8;
    private static final int DONT_FRAGMENT = 0x4000;

    /** IPv4 packets up to this size may be fragmented by routers on their way, larger ones not (RFC 7915, section 5.1). */
    private static final int FRAGMENTABLE = 1260;
    private static final int MOST_ERROR_4 = 576;
    private static final int MOST_ERROR_6 = 1280;

    private final int mtu4;
    private final int mtu6;
    private final int lowestMtu6;
    private final IcmpErrors errors;
    private final Ipv6Headers headers = new Ipv6Headers();
    private int identification;

    /**
     * A translator between two links.
     *
     * @param mtu4 octets of the largest packet towards IPv4
     * @param mtu6 octets of the largest packet towards IPv6
     * @param lowestMtu6 octets that IPv4 packets without DF are fragmented to, at least 1280
     */
    Crossing(int mtu4, int mtu6, int lowestMtu6) {
        this.mtu4 = mtu4;
        this.mtu6 = mtu6;
        this.lowestMtu6 = lowestMtu6;
        errors = new IcmpErrors(mtu4, mtu6);
    }

    /** The size that a packet of that family must not exceed, for the answer to one that is {@link DropReason#PACKET_TOO_BIG}. */
    int mtuBefore(Packet packet) {
        return packet.v6 ? mtu4 + HEADER_6 - HEADER_4 : mtu6 - (HEADER_6 - HEADER_4) - (packet.fragment ? 8 : 0);
    }

    /** Where the routing header of the packet that was refused last counts its segments left; -1 when that was not why. */
    int segmentsLeftAt() {
        return headers.segmentsLeftAt;
    }

    /**
     * Translates a packet that is no ICMP error.
     *
     * @param start where its frame begins
     * @param out gets what comes out, in arrays of its own
     * @return {@code null} when it was translated
     */
    DropReason packet(Packet packet, int start, Ends ends, Frame out) {
        headers.segmentsLeftAt = -1;
        if (!supports(packet)) {
            return DropReason.NAT64_UNTRANSLATABLE;
        }
        return packet.v6 ? toIpv4(packet, start, ends, out) : toIpv6(packet, start, ends, out);
    }

    private static boolean supports(Packet packet) {
        return switch (packet.protocol) {
            case Protocols.TCP, Protocols.UDP -> true;
            case Protocols.ICMP, Protocols.ICMPV6 -> !packet.fragment && packet.icmpKind != null;
            default -> false;
        };
    }

    private DropReason toIpv4(Packet packet, int start, Ends ends, Frame out) {
        DropReason wrong = headers.read(packet);
        if (wrong != null) {
            return wrong;
        }
        int hops = u8(packet.bytes, packet.ip + 7);
        int total = HEADER_4 + packet.ipEnd - packet.transport;
        if (hops <= 1 || total > mtu4) {
            return hops <= 1 ? DropReason.HOP_LIMIT : DropReason.PACKET_TOO_BIG;
        }
        int at = packet.ip - start + HEADER_4;
        byte[] made = made(packet, start, at, available(packet), 0x0800);
        header4(made, at - HEADER_4, packet, ends, total, hops - 1);
        if (!packet.laterFragment()) {
            transport(made, at, packet, ends);
        }
        out.set(made);
        return null;
    }

    private DropReason toIpv6(Packet packet, int start, Ends ends, Frame out) {
        int hops = u8(packet.bytes, packet.ip + 8);
        int payload = packet.ipEnd - packet.transport;
        boolean fixed = (u16(packet.bytes, packet.ip + 6) & DONT_FRAGMENT) != 0;
        int size = HEADER_6 + payload + (packet.fragment ? 8 : 0);
        if (hops <= 1 || fixed && size > mtu6) {
            return hops <= 1 ? DropReason.HOP_LIMIT : DropReason.PACKET_TOO_BIG;
        }
        int available = available(packet);
        boolean unchecked = packet.protocol == Protocols.UDP && !packet.laterFragment() && u16(packet.bytes, packet.transport + 6) == 0;
        if (unchecked && (packet.fragment || available < payload) || packet.fragmentOffset + payload > 65535) {
            return DropReason.NAT64_UNTRANSLATABLE;
        }
        int at = packet.ip - start + HEADER_6;
        byte[] made = made(packet, start, at, available, 0x86dd);
        header6(made, at - HEADER_6, packet, ends, payload, hops - 1);
        if (unchecked) {
            put16(made, at, ends.sourcePort);
            put16(made, at + 2, ends.destinationPort);
            int checksum = Checksums.finish(Checksums.sum(made, at, made.length) + ends.sum(true) + Protocols.UDP + payload);
            put16(made, at + 6, checksum == 0 ? 0xffff : checksum);
        } else if (!packet.laterFragment()) {
            transport(made, at, packet, ends);
        }
        if (packet.fragment || !fixed && size > lowestMtu6) {
            Ipv6Fragments.split(made, at - HEADER_6, fixed ? mtu6 : lowestMtu6, u16(packet.bytes, packet.ip + 4), packet.fragmentOffset,
                    packet.moreFragments, out);
        } else {
            out.set(made);
        }
        return null;
    }

    /**
     * Translates an ICMP error and the packet it quotes. What follows the quoted packet (RFC 4884) is left out.
     *
     * @param quoted the packet in it, no later fragment
     */
    DropReason error(Packet error, Packet quoted, int start, Ends ends, Ends quotedEnds, Frame out) {
        headers.segmentsLeftAt = -1;
        if (error.end < error.ipEnd) {
            return DropReason.TRUNCATED;
        }
        if (!Checksums.transportRight(error)) {
            return DropReason.TRANSPORT_CHECKSUM;
        }
        boolean from6 = error.v6;
        DropReason wrong = from6 ? headers.read(error) : null;
        if (wrong == null && from6) {
            wrong = headers.read(quoted);
        }
        int hops = u8(error.bytes, error.ip + (from6 ? 7 : 8));
        long message = from6 ? errors.toIcmp(error.bytes, error.transport)
                : errors.toIcmpv6(error.bytes, error.transport, quoted.ipLength());
        if (wrong != null || hops <= 1 || message == IcmpErrors.NONE) {
            return wrong != null ? wrong : hops <= 1 ? DropReason.HOP_LIMIT : DropReason.ICMP_TYPE;
        }
        int header = from6 ? HEADER_4 : HEADER_6;
        int most = (from6 ? MOST_ERROR_4 : MOST_ERROR_6) - 2 * header - ICMP_HEADER;
        int octets = Math.min(most, quotedEnd(error) - quoted.transport);
        int at = error.ip - start + header;
        byte[] made = new byte[at + ICMP_HEADER + header + octets];
        link(error, start, made, from6 ? 0x0800 : 0x86dd);
        int quotedAt = at + ICMP_HEADER + header;
        System.arraycopy(quoted.bytes, quoted.transport, made, quotedAt, octets);
        if (from6) {
            header4(made, quotedAt - header, quoted, quotedEnds, header + quoted.ipEnd - quoted.transport,
                    u8(quoted.bytes, quoted.ip + 7));
        } else {
            header6(made, quotedAt - header, quoted, quotedEnds, quoted.ipEnd - quoted.transport, u8(quoted.bytes, quoted.ip + 8));
        }
        transport(made, quotedAt, quoted, quotedEnds);
        made[at] = (byte) (message >>> 40);
        made[at + 1] = (byte) (message >>> 32);
        put32(made, at + 4, (int) message);
        if (from6) {
            headers.read(error);
            header4(made, at - header, error, ends, made.length - at + header, hops - 1);
            put16(made, at + 2, Checksums.finish(Checksums.sum(made, at, made.length)));
        } else {
            header6(made, at - header, error, ends, made.length - at, hops - 1);
            put16(made, at + 2, Checksums.finish(Checksums.sum(made, at, made.length) + ends.sum(true) + Protocols.ICMPV6
                    + made.length - at));
        }
        out.set(made);
        return null;
    }

    /** Where the quoted packet ends: extensions begin where the length field says, in words of four octets or of eight (RFC 4884). */
    private static int quotedEnd(Packet error) {
        int type = u8(error.bytes, error.transport);
        boolean counted = error.v6 ? type == 1 || type == 3 : true;
        int words = counted ? u8(error.bytes, error.transport + (error.v6 ? 4 : 5)) : 0;
        int end = error.transport + ICMP_HEADER + words * (error.v6 ? 8 : 4);
        return words == 0 || end > error.ipEnd ? error.ipEnd : end;
    }

    private static int available(Packet packet) {
        return Math.min(packet.end, packet.ipEnd) - packet.transport;
    }

    private static byte[] made(Packet packet, int start, int at, int available, int type) {
        byte[] made = new byte[at + available];
        link(packet, start, made, type);
        System.arraycopy(packet.bytes, packet.transport, made, at, available);
        return made;
    }

    private static void link(Packet packet, int start, byte[] made, int type) {
        int link = packet.ip - start;
        System.arraycopy(packet.bytes, start, made, 0, link);
        put16(made, link - 2, type);
    }

    private void header4(byte[] made, int at, Packet packet, Ends ends, int total, int hops) {
        byte[] bytes = packet.bytes;
        made[at] = 0x45;
        made[at + 1] = (byte) (u16(bytes, packet.ip) >>> 4);
        put16(made, at + 2, total);
        if (headers.fragmentAt >= 0) {
            put16(made, at + 4, u16(bytes, headers.fragmentAt + 6));
            put16(made, at + 6, packet.fragmentOffset >>> 3 | (packet.fragment && packet.moreFragments ? 0x2000 : 0));
        } else if (total > FRAGMENTABLE) {
            put16(made, at + 6, DONT_FRAGMENT);
        } else {
            put16(made, at + 4, ++identification);
        }
        made[at + 8] = (byte) hops;
        made[at + 9] = (byte) (packet.protocol == Protocols.ICMPV6 ? Protocols.ICMP : packet.protocol);
        put32(made, at + 12, (int) ends.sourceLow);
        put32(made, at + 16, (int) ends.destinationLow);
        put16(made, at + 10, Checksums.finish(Checksums.sum(made, at, at + HEADER_4)));
    }

    private static void header6(byte[] made, int at, Packet packet, Ends ends, int payload, int hops) {
        put32(made, at, 0x60000000 | u8(packet.bytes, packet.ip + 1) << 20);
        put16(made, at + 4, payload);
        made[at + 6] = (byte) (packet.protocol == Protocols.ICMP ? Protocols.ICMPV6 : packet.protocol);
        made[at + 7] = (byte) hops;
        put64(made, at + 8, ends.sourceHigh);
        put64(made, at + 16, ends.sourceLow);
        put64(made, at + 24, ends.destinationHigh);
        put64(made, at + 32, ends.destinationLow);
    }

    /** Puts the ports in and the difference into the checksum, as far as the header is there. */
    private static void transport(byte[] made, int at, Packet packet, Ends ends) {
        boolean icmp = packet.protocol == Protocols.ICMP || packet.protocol == Protocols.ICMPV6;
        int checksumAt = at + (icmp ? 2 : packet.protocol == Protocols.TCP ? 16 : 6);
        long before = oldSum(packet, icmp);
        long after = !icmp || !packet.v6 ? ends.sum(!packet.v6) : 0;
        if (icmp) {
            boolean request = packet.icmpType == 8 || packet.icmpType == 128;
            made[at] = (byte) (packet.v6 ? request ? 8 : 0 : request ? 128 : 129);
            put16(made, at + 4, request ? ends.sourcePort : ends.destinationPort);
            after += u16(made, at) + u16(made, at + 4) + (packet.v6 ? 0 : Protocols.ICMPV6 + packet.ipEnd - packet.transport);
        } else {
            put16(made, at, ends.sourcePort);
            put16(made, at + 2, ends.destinationPort);
            after += ends.sourcePort + ends.destinationPort;
        }
        if (checksumAt + 2 > made.length) {
            return;
        }
        int checksum = u16(made, checksumAt);
        if (packet.protocol == Protocols.UDP && checksum == 0) {
            return;
        }
        int updated = Checksums.update(checksum, before, after);
        put16(made, checksumAt, packet.protocol == Protocols.UDP && updated == 0 ? 0xffff : updated);
    }

    private static long oldSum(Packet packet, boolean icmp) {
        byte[] bytes = packet.bytes;
        int addresses = packet.ip + (packet.v6 ? 8 : 12);
        long pseudo = Checksums.sum(bytes, addresses, addresses + (packet.v6 ? 32 : 8));
        if (!icmp) {
            return pseudo + u16(bytes, packet.transport) + u16(bytes, packet.transport + 2);
        }
        long message = u16(bytes, packet.transport) + u16(bytes, packet.transport + 4);
        return packet.v6 ? message + pseudo + Protocols.ICMPV6 + packet.ipEnd - packet.transport : message;
    }
}
