/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

import static twinwall.firewall.embedded.packet.Octets.i32;
import static twinwall.firewall.embedded.packet.Octets.i64;
import static twinwall.firewall.embedded.packet.Octets.u16;
import static twinwall.firewall.embedded.packet.Octets.u8;

import twinwall.firewall.embedded.DropReason;

/**
 * Reads a frame down to the transport header. Never throws: what cannot be read has a reason. Frames may be cut behind the transport header
 * (snap length), and may be larger than a real link carries (segmentation offload).
 */
public final class PacketReader {

    private static final int MOST_EXTENSION_HEADERS = 8;
    private static final int ETHERNET_HEADER = 14;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private final TransportReader transport = new TransportReader();

    /**
     * Reads an Ethernet II frame with up to two VLAN tags (IEEE 802.1Q, 802.1ad).
     *
     * @return {@code null} when it could be read
     */
    public DropReason frame(Packet packet, byte[] bytes, int offset, int length) {
        int end = offset + length;
        if (length < ETHERNET_HEADER) {
            return DropReason.TRUNCATED;
        }
        int at = offset + 12;
        int type = u16(bytes, at);
        for (int tags = 0; tags < 2 && isVlan(type); tags++) {
            at += 4;
            if (at + 2 > end) {
                return DropReason.TRUNCATED;
            }
            type = u16(bytes, at);
        }
        packet.begin(bytes, at + 2, end);
        return switch (type) {
            case 0x0800 -> ipv4(packet, false);
            case 0x86dd -> ipv6(packet, false);
            default -> DropReason.NOT_IP;
        };
    }

    /** Reads the packet that an ICMP error quotes: it is cut, and of the transport header only the first eight octets must be there. */
    public DropReason quoted(Packet packet, Packet error) {
        packet.begin(error.bytes, error.transport + 8, Math.min(error.end, error.ipEnd));
        return error.v6 ? ipv6(packet, true) : ipv4(packet, true);
    }

    private static boolean isVlan(int type) {
        return type == 0x8100 || type == 0x88a8 || type == 0x9100;
    }

    private DropReason ipv4(Packet packet, boolean quoted) {
        byte[] bytes = packet.bytes;
        int ip = packet.ip;
        if (ip + IPV4_HEADER > packet.end) {
            return DropReason.TRUNCATED;
        }
        int headerLength = (bytes[ip] & 0x0f) << 2;
        if ((bytes[ip] & 0xf0) != 0x40 || headerLength < IPV4_HEADER) {
            return DropReason.MALFORMED;
        }
        if (ip + headerLength > packet.end) {
            return DropReason.TRUNCATED;
        }
        // A total length of 0 is what segmentation offload leaves for packets over 64 KiB.
        int total = u16(bytes, ip + 2);
        packet.ipEnd = total == 0 ? packet.end : ip + total;
        if (packet.ipEnd < ip + headerLength) {
            return DropReason.MALFORMED;
        }
        if (!quoted) {
            DropReason wrong = ipv4Header(packet, headerLength);
            if (wrong != null) {
                return wrong;
            }
        }
        packet.v6 = false;
        packet.protocol = u8(bytes, ip + 9);
        packet.sourceHigh = 0;
        packet.destinationHigh = 0;
        packet.sourceLow = i32(bytes, ip + 12) & 0xffffffffL;
        packet.destinationLow = i32(bytes, ip + 16) & 0xffffffffL;
        packet.transport = ip + headerLength;
        int fragment = u16(bytes, ip + 6);
        if ((fragment & 0x3fff) != 0) {
            fragment(packet, (fragment & 0x1fff) << 3, (fragment & 0x2000) != 0, u16(bytes, ip + 4));
        }
        if (!quoted && (packet.sourceLow >>> 28) == 0xe) {
            return DropReason.BAD_ADDRESS;
        }
        return upper(packet, quoted);
    }

    private static DropReason ipv4Header(Packet packet, int headerLength) {
        if (Checksums.finish(Checksums.sum(packet.bytes, packet.ip, packet.ip + headerLength)) != 0) {
            if (u16(packet.bytes, packet.ip + 10) != 0) {
                return DropReason.IP_CHECKSUM;
            }
            packet.checksumLeftOut = true;
        }
        return headerLength == IPV4_HEADER ? null : ipv4Options(packet.bytes, packet.ip + IPV4_HEADER, packet.ip + headerLength);
    }

    private static DropReason ipv4Options(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int kind = u8(bytes, at);
            if (kind == 0) {
                return null;
            }
            if (kind == 1) {
                at++;
                continue;
            }
            int length = at + 1 < to ? u8(bytes, at + 1) : 0;
            if (length < 2 || at + length > to) {
                return DropReason.MALFORMED;
            }
            if (kind == 131 || kind == 137) {
                return DropReason.SOURCE_ROUTE;
            }
            at += length;
        }
        return null;
    }

    private DropReason ipv6(Packet packet, boolean quoted) {
        byte[] bytes = packet.bytes;
        int ip = packet.ip;
        if (ip + IPV6_HEADER > packet.end) {
            return DropReason.TRUNCATED;
        }
        if ((bytes[ip] & 0xf0) != 0x60) {
            return DropReason.MALFORMED;
        }
        int payload = u16(bytes, ip + 4);
        packet.ipEnd = payload == 0 && packet.end > ip + IPV6_HEADER ? packet.end : ip + IPV6_HEADER + payload;
        packet.v6 = true;
        packet.sourceHigh = i64(bytes, ip + 8);
        packet.sourceLow = i64(bytes, ip + 16);
        packet.destinationHigh = i64(bytes, ip + 24);
        packet.destinationLow = i64(bytes, ip + 32);
        packet.protocol = u8(bytes, ip + 6);
        packet.transport = ip + IPV6_HEADER;
        if (!quoted && packet.sourceHigh >>> 56 == 0xff) {
            return DropReason.BAD_ADDRESS;
        }
        DropReason wrong = extensionHeaders(packet);
        return wrong != null ? wrong : upper(packet, quoted);
    }

    private static DropReason extensionHeaders(Packet packet) {
        byte[] bytes = packet.bytes;
        for (int headers = 0; isExtension(packet.protocol); headers++) {
            int at = packet.transport;
            if (headers == MOST_EXTENSION_HEADERS || packet.protocol == Protocols.HOP_BY_HOP && headers != 0) {
                return DropReason.MALFORMED;
            }
            if (at + 8 > packet.end) {
                return DropReason.TRUNCATED;
            }
            if (packet.protocol == Protocols.ROUTING && u8(bytes, at + 2) == 0) {
                return DropReason.SOURCE_ROUTE;
            }
            int length = extensionLength(packet.protocol, u8(bytes, at + 1));
            if (packet.protocol == Protocols.FRAGMENT) {
                int field = u16(bytes, at + 2);
                boolean more = (field & 1) != 0;
                // An atomic fragment (RFC 6946) is a whole packet.
                if (more || (field & 0xfff8) != 0) {
                    fragment(packet, field & 0xfff8, more, i32(bytes, at + 4));
                }
            }
            packet.protocol = u8(bytes, at);
            packet.transport = at + length;
            if (packet.transport > packet.ipEnd) {
                return DropReason.MALFORMED;
            }
            if (packet.laterFragment()) {
                return null;
            }
        }
        return null;
    }

    private static boolean isExtension(int protocol) {
        return switch (protocol) {
            case Protocols.HOP_BY_HOP, Protocols.ROUTING, Protocols.FRAGMENT, Protocols.DESTINATION_OPTIONS, Protocols.AH -> true;
            default -> false;
        };
    }

    private static int extensionLength(int protocol, int field) {
        return switch (protocol) {
            case Protocols.FRAGMENT -> 8;
            case Protocols.AH -> field + 2 << 2;
            default -> field + 1 << 3;
        };
    }

    private static void fragment(Packet packet, int offset, boolean more, int id) {
        packet.fragment = true;
        packet.fragmentOffset = offset;
        packet.moreFragments = more;
        packet.fragmentId = id;
    }

    private DropReason upper(Packet packet, boolean quoted) {
        if (packet.laterFragment()) {
            return packet.protocol == Protocols.TCP && packet.fragmentOffset < 20 ? DropReason.TINY_FRAGMENT : null;
        }
        DropReason wrong = transport.read(packet, quoted);
        if (wrong == null && !quoted && packet.sourceLow == packet.destinationLow && packet.sourceHigh == packet.destinationHigh
                && packet.sourcePort() == packet.destinationPort()) {
            return DropReason.BAD_ADDRESS;
        }
        return wrong;
    }
}
