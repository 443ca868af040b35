/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import static twinwall.firewall.embedded.packet.Octets.i32;
import static twinwall.firewall.embedded.packet.Octets.put16;
import static twinwall.firewall.embedded.packet.Octets.put32;
import static twinwall.firewall.embedded.packet.Octets.u16;

import twinwall.firewall.embedded.packet.Checksums;
import twinwall.firewall.embedded.packet.IcmpKind;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.Flow;

/**
 * Rewrites packets of translated flows in place. Checksums are updated by difference (RFC 1624): a right one stays right, a wrong one stays
 * wrong and is not hidden from the receiver, and a payload that was cut does not matter. A UDP checksum of 0 stays 0.
 */
public final class Translation {

    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private Translation() {
    }

    /** Towards the server both ends become those of the far side; towards the client those of the near side. */
    public static void apply(Flow flow, int direction, Packet packet) {
        boolean forward = direction == 0;
        if (flow.isTranslated()) {
            end(packet, forward, (int) (forward ? flow.farClientLow() : flow.clientLow),
                    forward ? flow.farClientPort() : flow.ports >>> 16);
        }
        if (flow.isRedirected()) {
            end(packet, !forward, (int) (forward ? flow.farServerLow() : flow.serverLow),
                    forward ? flow.farServerPort() : flow.ports & 0xffff);
        }
    }

    /** Rewrites the source or the destination of a packet. */
    private static void end(Packet packet, boolean source, int address, int port) {
        int before = address(packet, source ? SOURCE : DESTINATION, address);
        if (!packet.laterFragment()) {
            transport(packet, source ? 0 : 2, before, address, port);
        }
    }

    /** An ICMP error changes outside and inside (RFC 5508, section 4.2). {@code direction} is the error's own. */
    public static void applyToError(Flow flow, int direction, Packet error, Packet quoted) {
        boolean forward = direction == 0;
        // The quoted packet went the other way: what is the error's source side is its destination.
        if (flow.isTranslated()) {
            int address = (int) (forward ? flow.farClientLow() : flow.clientLow);
            address(error, forward ? SOURCE : DESTINATION, address);
            quotedEnd(error, quoted, !forward, address, forward ? flow.farClientPort() : flow.ports >>> 16);
        }
        if (flow.isRedirected()) {
            int address = (int) (forward ? flow.farServerLow() : flow.serverLow);
            // Towards the client the error may come from a router on the way. It keeps its address, unless that is one inside that nobody
            // outside must see (RFC 5508, REQ-4), or it is behind a tunnel.
            boolean leaves = flow.zoneBefore(1) == Zone.INSIDE && flow.zoneAfter(1) == Zone.OUTSIDE;
            if (forward || leaves || error.sourceLow == flow.farServerLow() || flow.far != null) {
                address(error, forward ? DESTINATION : SOURCE, address);
            }
            quotedEnd(error, quoted, forward, address, forward ? flow.farServerPort() : flow.ports & 0xffff);
        }
    }

    private static void quotedEnd(Packet error, Packet quoted, boolean source, int address, int port) {
        int at = quoted.ip + (source ? SOURCE : DESTINATION);
        byte[] bytes = error.bytes;
        int before = i32(bytes, at);
        patch(error, at, address >>> 16);
        patch(error, at + 2, address & 0xffff);
        int ipChecksum = quoted.ip + 10;
        patch(error, ipChecksum, Checksums.update32(u16(bytes, ipChecksum), before, address));
        int portAt = portAt(quoted, source ? 0 : 2);
        if (portAt >= 0) {
            int portBefore = u16(bytes, portAt);
            patch(error, portAt, port);
            quotedChecksum(error, quoted, before, address, portBefore, port);
        } else if (keepsPorts(quoted)) {
            quotedChecksum(error, quoted, before, address, 0, 0);
        }
    }

    /** Protocols whose ports are not translated and whose checksum covers the addresses: DCCP (RFC 4340) and UDP-Lite (RFC 3828). */
    private static boolean keepsPorts(Packet packet) {
        return packet.protocol == Protocols.DCCP || packet.protocol == Protocols.UDP_LITE;
    }

    private static void quotedChecksum(Packet error, Packet quoted, int before, int after, int portBefore, int portAfter) {
        int at = checksumAt(quoted);
        if (at < 0 || at + 2 > Math.min(error.end, error.ipEnd)) {
            return;
        }
        int checksum = u16(error.bytes, at);
        if (checksum == 0 && quoted.protocol == Protocols.UDP) {
            return;
        }
        patch(error, at, updated(quoted.protocol, checksum, before, after, portBefore, portAfter));
    }

    private static int address(Packet packet, int field, int after) {
        byte[] bytes = packet.bytes;
        int at = packet.ip + field;
        int before = i32(bytes, at);
        put32(bytes, at, after);
        if (!packet.checksumLeftOut) {
            put16(bytes, packet.ip + 10, Checksums.update32(u16(bytes, packet.ip + 10), before, after));
        }
        return before;
    }

    private static void transport(Packet packet, int portField, int before, int after, int port) {
        byte[] bytes = packet.bytes;
        int portAt = portAt(packet, portField);
        int at = checksumAt(packet);
        if (portAt < 0) {
            if (keepsPorts(packet) && at + 2 <= Math.min(packet.end, packet.ipEnd)) {
                put16(bytes, at, updated(packet.protocol, u16(bytes, at), before, after, 0, 0));
            }
            return;
        }
        int portBefore = u16(bytes, portAt);
        put16(bytes, portAt, port);
        int checksum = u16(bytes, at);
        if (packet.protocol != Protocols.UDP || checksum != 0) {
            put16(bytes, at, updated(packet.protocol, checksum, before, after, portBefore, port));
        }
    }

    /** Where the port or the echo identifier is; -1 where the protocol has none, and of an echo for the server's end. */
    private static int portAt(Packet packet, int portField) {
        return switch (packet.protocol) {
            case Protocols.TCP, Protocols.UDP -> packet.transport + portField;
            case Protocols.ICMP -> packet.icmpKind == IcmpKind.ECHO == (portField == 0) ? packet.transport + 4 : -1;
            default -> -1;
        };
    }

    private static int checksumAt(Packet packet) {
        return switch (packet.protocol) {
            case Protocols.TCP -> packet.transport + 16;
            case Protocols.UDP, Protocols.DCCP, Protocols.UDP_LITE -> packet.transport + 6;
            case Protocols.ICMP -> packet.transport + 2;
            default -> -1;
        };
    }

    private static int updated(int protocol, int checksum, int before, int after, int portBefore, int portAfter) {
        // Only ICMP has no addresses in its sum.
        int result = protocol == Protocols.ICMP ? checksum : Checksums.update32(checksum, before, after);
        result = Checksums.update16(result, portBefore, portAfter);
        return (protocol == Protocols.UDP || protocol == Protocols.UDP_LITE) && result == 0 ? 0xffff : result;
    }

    /** Changes two octets inside an ICMP message and its checksum with them. */
    private static void patch(Packet error, int at, int after) {
        byte[] bytes = error.bytes;
        int checksumAt = error.transport + 2;
        int before = u16(bytes, at);
        put16(bytes, at, after);
        put16(bytes, checksumAt, Checksums.update16(u16(bytes, checksumAt), before, after));
    }
}
