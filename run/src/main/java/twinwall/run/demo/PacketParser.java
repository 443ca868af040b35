/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import twinwall.run.demo.PacketFacts.Fragment;

/** Reads the headers of an Ethernet frame: up to two VLAN tags, IPv4, IPv6 with extension headers, ports, what ICMP errors are about. */
final class PacketParser {

    private static final int NO_TYPE = -1;

    private final byte[] frame;

    private PacketParser(byte[] frame) {
        this.frame = frame;
    }

    /** The facts of a frame, or null when it is not IP or its headers are not whole. */
    static PacketFacts parse(byte[] frame) {
        PacketParser parser = new PacketParser(frame);
        int at = 12;
        int type = parser.has(at, 2) ? parser.u16(at) : NO_TYPE;
        for (int tags = 0; tags < 2 && (type == 0x8100 || type == 0x88a8); tags++) {
            at += 4;
            type = parser.has(at, 2) ? parser.u16(at) : NO_TYPE;
        }
        return switch (type) {
            case 0x0800 -> parser.ipv4(at + 2, true);
            case 0x86dd -> parser.ipv6(at + 2, true);
            default -> null;
        };
    }

    private PacketFacts ipv4(int at, boolean outer) {
        if (!has(at, 20) || frame[at] >> 4 != 4) {
            return null;
        }
        int headerLength = (frame[at] & 0xf) * 4;
        if (headerLength < 20 || !has(at, headerLength)) {
            return null;
        }
        int part = u16(at + 6) & 0x3fff;
        Fragment fragment = part == 0 ? Fragment.NONE : (part & 0x1fff) == 0 ? Fragment.FIRST : Fragment.LATER;
        return upper(4, frame[at + 9] & 0xff, at, at + headerLength, Ip.v4(i32(at + 12)), Ip.v4(i32(at + 16)), fragment,
                part == 0 ? 0 : u16(at + 4), outer);
    }

    private PacketFacts ipv6(int at, boolean outer) {
        if (!has(at, 40) || (frame[at] >> 4 & 0xf) != 6) {
            return null;
        }
        int next = frame[at + 6] & 0xff;
        int position = at + 40;
        Fragment fragment = Fragment.NONE;
        long id = 0;
        while (fragment != Fragment.LATER && isExtension(next)) {
            if (!has(position, 8)) {
                return null;
            }
            int length = 8 + (frame[position + 1] & 0xff) * 8;
            if (next == 44) {
                int part = u16(position + 2);
                fragment = part >> 3 != 0 ? Fragment.LATER : (part & 1) != 0 ? Fragment.FIRST : Fragment.NONE;
                id = i32(position + 4) & 0xffffffffL;
                length = 8;
            } else if (next == 51) {
                length = 8 + (frame[position + 1] & 0xff) * 4;
            }
            next = frame[position] & 0xff;
            position += length;
        }
        return upper(6, next, at, position, ip6(at + 8), ip6(at + 24), fragment, id, outer);
    }

    private PacketFacts upper(int version, int protocol, int ipAt, int at, Ip source, Ip destination, Fragment fragment, long id,
            boolean outer) {
        int sourcePort = 0;
        int destinationPort = 0;
        boolean begins = false;
        PacketFacts embedded = null;
        if (fragment != Fragment.LATER) {
            boolean icmp = protocol == (version == 4 ? PacketFacts.ICMP : PacketFacts.ICMPV6);
            boolean ports = protocol == PacketFacts.TCP || protocol == PacketFacts.UDP || protocol == PacketFacts.SCTP;
            if (ports && has(at, 4)) {
                sourcePort = u16(at);
                destinationPort = u16(at + 2);
                begins = protocol == PacketFacts.TCP && has(at, 14) && (frame[at + 13] & 0x12) == 0x02;
            } else if (icmp && has(at, 8)) {
                int type = frame[at] & 0xff;
                if (hasIdentifier(version, type)) {
                    sourcePort = u16(at + 4);
                    destinationPort = sourcePort;
                } else if (outer && isError(version, type)) {
                    embedded = version == 4 ? ipv4(at + 8, false) : ipv6(at + 8, false);
                }
            }
        }
        return new PacketFacts(version, protocol, ipAt, at, source, destination, sourcePort, destinationPort, fragment, id, begins,
                embedded);
    }

    private static boolean isExtension(int header) {
        return header == 0 || header == 43 || header == 44 || header == 51 || header == 60;
    }

    private static boolean hasIdentifier(int version, int type) {
        return version == 4 ? type == 0 || type == 8 || type >= 13 && type <= 18 : type == 128 || type == 129;
    }

    private static boolean isError(int version, int type) {
        return version == 4 ? type == 3 || type == 4 || type == 5 || type == 11 || type == 12 : type >= 1 && type <= 4;
    }

    private boolean has(int at, int count) {
        return at + count <= frame.length;
    }

    private int u16(int at) {
        return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }

    private int i32(int at) {
        return u16(at) << 16 | u16(at + 2);
    }

    private Ip ip6(int at) {
        return new Ip((long) i32(at) << 32 | i32(at + 4) & 0xffffffffL, (long) i32(at + 8) << 32 | i32(at + 12) & 0xffffffffL);
    }
}
