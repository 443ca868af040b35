/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;

import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.Firewall;

/** A home behind a DS-Lite tunnel (RFC 6333): its IPv4 packets go to the firewall in IPv6, and come back so. */
final class Softwire {

    /** Where all tunnels lead to. */
    static final String AFTR = "2001:db8:a::1";

    private static final int IPV4 = 4;
    private static final int IPV6_HEADER = 40;

    private final String b4;

    /** A tunnel that begins at this IPv6 address. */
    Softwire(String b4) {
        this.b4 = b4;
    }

    /** Sends an IPv4 packet, which a frame holds, through the tunnel. */
    Passage send(Firewall firewall, byte[] inner) throws IOException {
        return firewall.send(Firewall.INSIDE, Packets.ip(IPV4, b4, AFTR, Packets.packet(inner)));
    }

    /** The IPv4 packet as a frame that the firewall has sent through this tunnel; null when it has sent none. */
    byte[] received(Passage passage) {
        byte[] frame = passage.frame();
        if (!passage.forwarded() || frame.length < 14 + IPV6_HEADER + 20 || frame[20] != IPV4
                || !Packets.destination(frame).equals(Packets.normal(b4))) {
            return null;
        }
        byte[] inner = new byte[frame.length - IPV6_HEADER];
        System.arraycopy(frame, 0, inner, 0, 12);
        inner[12] = 0x08;
        System.arraycopy(frame, 14 + IPV6_HEADER, inner, 14, inner.length - 14);
        return inner;
    }
}
