/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

import static twinwall.firewall.embedded.packet.Octets.i32;
import static twinwall.firewall.embedded.packet.Octets.u16;
import static twinwall.firewall.embedded.packet.Octets.u8;

import twinwall.firewall.embedded.DropReason;

/** Reads the headers of TCP (RFC 9293), UDP, ICMP, ICMPv6 and SCTP (RFC 9260). Other protocols have nothing to read. */
final class TransportReader {

    private static final int TCP_HEADER = 20;

    /** Reads the header at {@link Packet#transport}. */
    DropReason read(Packet packet, boolean quoted) {
        int header = headerLength(packet);
        int needed = quoted ? Math.min(8, header) : header;
        if (packet.transport + needed > packet.ipEnd) {
            return packet.fragment ? DropReason.TINY_FRAGMENT : DropReason.MALFORMED;
        }
        if (packet.transport + needed > packet.end) {
            return DropReason.TRUNCATED;
        }
        return switch (packet.protocol) {
            case Protocols.TCP -> tcp(packet, quoted);
            case Protocols.UDP -> udp(packet, quoted);
            case Protocols.ICMP -> packet.v6 ? null : icmp(packet);
            case Protocols.ICMPV6 -> packet.v6 ? icmp(packet) : null;
            case Protocols.SCTP -> sctp(packet, quoted);
            default -> null;
        };
    }

    private static int headerLength(Packet packet) {
        return switch (packet.protocol) {
            case Protocols.TCP -> TCP_HEADER;
            case Protocols.UDP -> 8;
            case Protocols.ICMP -> packet.v6 ? 0 : 8;
            case Protocols.ICMPV6 -> packet.v6 ? 8 : 0;
            case Protocols.SCTP -> 16;
            default -> 0;
        };
    }

    private static DropReason tcp(Packet packet, boolean quoted) {
        byte[] bytes = packet.bytes;
        int at = packet.transport;
        packet.ports = i32(bytes, at);
        packet.sequence = i32(bytes, at + 4);
        if (quoted) {
            return null;
        }
        int header = u8(bytes, at + 12) >>> 4 << 2;
        if (header < TCP_HEADER) {
            return DropReason.MALFORMED;
        }
        if (at + header > packet.ipEnd) {
            return packet.fragment ? DropReason.TINY_FRAGMENT : DropReason.MALFORMED;
        }
        if (at + header > packet.end) {
            return DropReason.TRUNCATED;
        }
        packet.flags = u8(bytes, at + 13);
        packet.acknowledgement = i32(bytes, at + 8);
        packet.window = u16(bytes, at + 14);
        packet.segmentLength = packet.ipEnd - at - header + (packet.flags & Packet.FIN) + (packet.flags >>> 1 & 1);
        if (!sane(packet.flags & 0x3f & ~0x08)) {
            return DropReason.TCP_FLAGS;
        }
        if (packet.has(Packet.SYN)) {
            packet.windowScale = windowScale(bytes, at + TCP_HEADER, at + header);
        }
        return null;
    }

    /** Whether the flags, without PSH, ECE and CWR, are a combination that RFC 9293 knows. */
    private static boolean sane(int flags) {
        return switch (flags & ~0x20) {
            case Packet.SYN, Packet.SYN | Packet.ACK, Packet.ACK, Packet.FIN | Packet.ACK -> true;
            case Packet.RST, Packet.RST | Packet.ACK -> (flags & 0x20) == 0;
            default -> false;
        };
    }

    private static int windowScale(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int kind = u8(bytes, at);
            if (kind == 0) {
                break;
            }
            if (kind == 1) {
                at++;
                continue;
            }
            int length = at + 1 < to ? u8(bytes, at + 1) : 0;
            if (length < 2 || at + length > to) {
                break;
            }
            if (kind == 3 && length == 3) {
                return Math.min(14, u8(bytes, at + 2));
            }
            at += length;
        }
        return Packet.NO_SCALE;
    }

    private static DropReason udp(Packet packet, boolean quoted) {
        packet.ports = i32(packet.bytes, packet.transport);
        int length = u16(packet.bytes, packet.transport + 4);
        boolean whole = !quoted && !packet.fragment;
        // As with IPv4, a length of 0 is left by segmentation offload.
        if (length != 0 && length < 8 || whole && packet.transport + length > packet.ipEnd) {
            return DropReason.MALFORMED;
        }
        return null;
    }

    private static DropReason icmp(Packet packet) {
        packet.icmpType = u8(packet.bytes, packet.transport);
        packet.icmpKind = IcmpKind.of(packet.v6, packet.icmpType);
        int identifier = u16(packet.bytes, packet.transport + 4);
        if (packet.icmpKind == IcmpKind.ECHO) {
            packet.ports = identifier << 16;
        } else if (packet.icmpKind == IcmpKind.ECHO_REPLY) {
            packet.ports = identifier;
        }
        return null;
    }

    private static DropReason sctp(Packet packet, boolean quoted) {
        byte[] bytes = packet.bytes;
        int at = packet.transport;
        packet.ports = i32(bytes, at);
        packet.verificationTag = i32(bytes, at + 4);
        if (quoted) {
            return null;
        }
        packet.chunkType = u8(bytes, at + 12);
        packet.chunkFlags = u8(bytes, at + 13);
        if (packet.chunkType == SctpChunks.INIT || packet.chunkType == SctpChunks.INIT_ACK) {
            if (at + 20 > packet.ipEnd) {
                return DropReason.MALFORMED;
            }
            if (at + 20 > packet.end) {
                return DropReason.TRUNCATED;
            }
            packet.initiateTag = i32(bytes, at + 16);
        }
        return null;
    }
}
