/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import static twinwall.firewall.embedded.packet.Octets.u8;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;

/** What the extension headers of an IPv6 packet mean for its translation (RFC 7915, section 5.1). */
final class Ipv6Headers {

    /** Where the fragment header is; -1 without one. */
    int fragmentAt;
    /** Where a routing header says that the packet has not been everywhere yet; -1 when none does. */
    int segmentsLeftAt;

    /** Reads them once more; the packet's own reader has checked their lengths. Returns {@code null} when it can be translated. */
    DropReason read(Packet packet) {
        fragmentAt = -1;
        segmentsLeftAt = -1;
        byte[] bytes = packet.bytes;
        int next = u8(bytes, packet.ip + 6);
        for (int at = packet.ip + 40; at < packet.transport; ) {
            int length = u8(bytes, at + 1) + 1 << 3;
            if (fragmentAt >= 0 || next == Protocols.AH) {
                // Headers behind the fragment header count in the offsets of the fragments; AH covers what is translated.
                return DropReason.NAT64_UNTRANSLATABLE;
            } else if (next == Protocols.FRAGMENT) {
                fragmentAt = at;
                length = 8;
            } else if (next == Protocols.ROUTING && u8(bytes, at + 3) != 0) {
                segmentsLeftAt = at + 3;
                return DropReason.SOURCE_ROUTE;
            }
            next = u8(bytes, at);
            at += length;
        }
        return packet.laterFragment() && isExtension(next) ? DropReason.NAT64_UNTRANSLATABLE : null;
    }

    private static boolean isExtension(int next) {
        return next == Protocols.HOP_BY_HOP || next == Protocols.ROUTING || next == Protocols.FRAGMENT || next == Protocols.AH
                || next == Protocols.DESTINATION_OPTIONS;
    }
}
