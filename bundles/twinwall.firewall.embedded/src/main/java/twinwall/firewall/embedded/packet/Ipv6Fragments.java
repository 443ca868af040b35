/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

import static twinwall.firewall.embedded.packet.Octets.put16;
import static twinwall.firewall.embedded.packet.Octets.put32;
import static twinwall.firewall.embedded.packet.Octets.u16;

import twinwall.firewall.embedded.Frame;

/** Splits IPv6 packets (RFC 8200, section 4.5). */
public final class Ipv6Fragments {

    private static final int HEADER = 40;
    private static final int FRAGMENT_HEADER = 8;

    private Ipv6Fragments() {
    }

    /**
     * Splits a packet, each part with a fragment header; one part when it fits. Of a packet that a capture has cut, parts of which
     * nothing is there are left out.
     *
     * @param whole a frame with an IPv6 packet without extension headers
     * @param ip where the packet begins
     * @param mtu octets of the largest part, fragment header included
     * @param identification the same for all parts
     * @param offset where the payload belongs in the original packet, in octets, when it is itself a fragment
     * @param more whether fragments of the original packet follow it
     * @param out gets the parts, in arrays of their own
     */
    public static void split(byte[] whole, int ip, int mtu, int identification, int offset, boolean more, Frame out) {
        int payload = u16(whole, ip + 4);
        int most = mtu - HEADER - FRAGMENT_HEADER & ~7;
        boolean first = true;
        int from = 0;
        do {
            int octets = payload - from <= mtu - HEADER - FRAGMENT_HEADER ? payload - from : most;
            byte[] part = part(whole, ip, from, octets);
            boolean moreFollow = more || from + octets < payload;
            put16(part, ip + HEADER + 2, offset + from | (moreFollow ? 1 : 0));
            put32(part, ip + HEADER + 4, identification);
            if (first) {
                out.set(part);
            } else {
                out.add(part);
            }
            first = false;
            from += octets;
        } while (from < payload && ip + HEADER + from < whole.length);
    }

    private static byte[] part(byte[] whole, int ip, int from, int octets) {
        int payloadAt = ip + HEADER + from;
        int available = Math.min(octets, whole.length - payloadAt);
        byte[] part = new byte[ip + HEADER + FRAGMENT_HEADER + available];
        System.arraycopy(whole, 0, part, 0, ip + HEADER);
        System.arraycopy(whole, payloadAt, part, ip + HEADER + FRAGMENT_HEADER, available);
        put16(part, ip + 4, FRAGMENT_HEADER + octets);
        part[ip + HEADER] = whole[ip + 6];
        part[ip + 6] = Protocols.FRAGMENT;
        return part;
    }
}
