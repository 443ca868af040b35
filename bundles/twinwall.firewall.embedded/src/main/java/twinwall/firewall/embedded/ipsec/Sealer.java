/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import static twinwall.firewall.embedded.packet.Octets.put16;
import static twinwall.firewall.embedded.packet.Octets.put32;

/**
 * Makes ESP packets in tunnel mode (RFC 4303, sections 2 and 3.1.2): outer header, SPI, low half of the sequence number, initialization
 * vector, inner packet with padding, ICV. Of the outer header DSCP and ECN are those of the inner one (RFC 4301, section 5.1.2; RFC 6040),
 * and so is DF; an inner IPv6 packet counts as one with DF.
 */
final class Sealer {

    private static final int ESP_HEADER = 8;
    private static final int TRAILER = 2;
    private static final int HOPS = 64;
    private static final int IPV4_IN_IP = 4;
    private static final int IPV6_IN_IP = 41;

    private final byte[] plain = new byte[65_535 + 8];
    private int identification;

    /** Octets of the largest inner packet that fits into an outer one of that many. */
    static int room(Association with, int outer) {
        return (outer - outerHeader(with) - ESP_HEADER - EspCipher.IV - EspCipher.ICV & ~3) - TRAILER;
    }

    private static int outerHeader(Association with) {
        return outerV6(with) ? Layers.IPV6_HEADER : Layers.IPV4_HEADER;
    }

    private static boolean outerV6(Association with) {
        return with.entry.destination().getAddress().length == 16;
    }

    /**
     * Seals an inner packet.
     *
     * @param number taken for this packet alone
     * @param from holds the inner packet at {@code at}
     * @param whole whether routers may not cut it
     * @param in the frame that it came in, for the link header
     * @return the frame that goes out
     */
    byte[] seal(Association with, long number, byte[] from, int at, int length, boolean whole, Layers in) {
        int link = in.linkHeader();
        boolean v6 = Layers.isV6(from, at);
        int padding = -(length + TRAILER) & 3;
        System.arraycopy(from, at, plain, 0, length);
        for (int i = 0; i < padding; i++) {
            plain[length + i] = (byte) (i + 1);
        }
        plain[length + padding] = (byte) padding;
        plain[length + padding + 1] = (byte) (v6 ? IPV6_IN_IP : IPV4_IN_IP);
        Layers.hop(plain, 0);
        int payload = length + padding + TRAILER;
        int esp = link + outerHeader(with);
        byte[] out = new byte[esp + ESP_HEADER + EspCipher.IV + payload + EspCipher.ICV];
        System.arraycopy(in.bytes, in.frame, out, 0, link);
        outer(with, out, link, Layers.trafficClass(from, at), whole);
        long vector = with.vector(number);
        put32(out, esp, (int) with.entry.spi());
        put32(out, esp + 4, (int) number);
        put32(out, esp + 8, (int) (vector >>> 32));
        put32(out, esp + 12, (int) vector);
        with.cipher.seal(number, vector, plain, payload, out, esp + ESP_HEADER + EspCipher.IV);
        with.count(length);
        return out;
    }

    private void outer(Association with, byte[] out, int ip, int trafficClass, boolean whole) {
        byte[] source = with.entry.source().getAddress();
        byte[] destination = with.entry.destination().getAddress();
        int length = out.length - ip;
        if (outerV6(with)) {
            Layers.type(out, ip, true);
            put32(out, ip, 6 << 28 | trafficClass << 20);
            put16(out, ip + 4, length - Layers.IPV6_HEADER);
            out[ip + 6] = TunnelChecks.ESP;
            out[ip + 7] = HOPS;
            System.arraycopy(source, 0, out, ip + 8, 16);
            System.arraycopy(destination, 0, out, ip + 24, 16);
            return;
        }
        Layers.type(out, ip, false);
        put16(out, ip, 0x4500 | trafficClass);
        put16(out, ip + 2, length);
        put16(out, ip + 4, identification++);
        put16(out, ip + 6, whole ? 0x4000 : 0);
        put16(out, ip + 8, HOPS << 8 | TunnelChecks.ESP);
        System.arraycopy(source, 0, out, ip + 12, 4);
        System.arraycopy(destination, 0, out, ip + 16, 4);
        Layers.checksum(out, ip);
    }
}
