/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import static twinwall.firewall.embedded.packet.Octets.put16;
import static twinwall.firewall.embedded.packet.Octets.put32;
import static twinwall.firewall.embedded.packet.Octets.u16;

import java.util.ArrayList;
import java.util.List;

import twinwall.firewall.embedded.packet.Checksums;

/**
 * What becomes of an inner packet that would not fit when sealed. One that may not be cut is answered: "fragmentation needed" (RFC 1191,
 * section 4) or "packet too big" (RFC 4443, section 3.2), with the packet's destination as the source, for the firewall has no address of
 * its own there. Any other is cut before it is sealed (RFC 4301, section 7), so that the other end need not put it together.
 */
final class TooLarge {

    private static final int QUOTE4 = 28;
    private static final int LARGEST_ERROR6 = 1280;
    private static final int ICMP_HEADER = 8;
    private static final int HOPS = 64;

    private TooLarge() {
    }

    /** The answer, as a frame. {@code room} is the size that fits. */
    static byte[] answer(Layers of, int room) {
        int header = of.v6 ? Layers.IPV6_HEADER : Layers.IPV4_HEADER;
        int most = of.v6 ? LARGEST_ERROR6 - header - ICMP_HEADER : ((of.bytes[of.ip] & 0x0f) << 2) + QUOTE4 - Layers.IPV4_HEADER;
        int quote = Math.min(of.end - of.ip, Math.min(of.length(), most));
        int ip = of.linkHeader();
        int icmp = ip + header;
        byte[] out = new byte[icmp + ICMP_HEADER + quote];
        System.arraycopy(of.bytes, of.frame + 6, out, 0, 6);
        System.arraycopy(of.bytes, of.frame, out, 6, 6);
        System.arraycopy(of.bytes, of.frame + 12, out, 12, ip - 12);
        System.arraycopy(of.bytes, of.ip, out, icmp + ICMP_HEADER, quote);
        int address = of.v6 ? 16 : 4;
        System.arraycopy(of.bytes, of.destination(), out, ip + (of.v6 ? 8 : 12), address);
        System.arraycopy(of.bytes, of.source(), out, ip + (of.v6 ? 24 : 16), address);
        if (of.v6) {
            put32(out, ip, 6 << 28);
            put16(out, ip + 4, ICMP_HEADER + quote);
            put16(out, ip + 6, 58 << 8 | HOPS);
            out[icmp] = 2;
            put32(out, icmp + 4, room);
        } else {
            put16(out, ip, 0x4500);
            put16(out, ip + 2, out.length - ip);
            put16(out, ip + 8, HOPS << 8 | 1);
            Layers.checksum(out, ip);
            put16(out, icmp, 3 << 8 | 4);
            put16(out, icmp + 6, room);
        }
        long sum = Checksums.sum(out, icmp, out.length);
        if (of.v6) {
            sum += Checksums.sum(out, ip + 8, ip + 40) + 58 + ICMP_HEADER + quote;
        }
        put16(out, icmp + 2, Checksums.finish(sum));
        return out;
    }

    /** Cuts an IPv4 packet without options into packets of at most {@code room} octets (RFC 791, section 3.2). */
    static List<byte[]> cut(Layers of, int room) {
        int header = Layers.IPV4_HEADER;
        int step = room - header & ~7;
        int length = of.length();
        int field = u16(of.bytes, of.ip + 6);
        List<byte[]> parts = new ArrayList<>();
        for (int from = header; from < length; from += step) {
            int octets = Math.min(step, length - from);
            byte[] part = new byte[header + octets];
            System.arraycopy(of.bytes, of.ip, part, 0, header);
            System.arraycopy(of.bytes, of.ip + from, part, header, octets);
            boolean more = from + octets < length || (field & 0x2000) != 0;
            put16(part, 2, part.length);
            put16(part, 6, (field & 0x1fff) + (from - header >> 3) | (more ? 0x2000 : 0));
            Layers.checksum(part, 0);
            parts.add(part);
        }
        return parts;
    }
}
