/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import java.util.concurrent.ThreadLocalRandom;

import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.nat.InsideSources;
import twinwall.firewall.embedded.packet.Ipv6Fragments;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.PacketReader;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.Softwire;

/**
 * The ends of the tunnels at this firewall (RFC 6333, section 6): what comes out of one is inspected like any packet, with the tunnel's
 * other end as part of its source; what goes to a client behind one goes in again. Used under the firewall's lock only.
 */
public final class Softwires {

    /** Of the tunnels themselves: never the destination of a forwarded packet (RFC 6333, section 5.7). */
    private static final Prefix RESERVED = Prefix.parse("192.0.0.0/29");
    private static final int HEADER = 40;

    private final Prefix aftr;
    private final Ip6 aftrAddress;
    private final InsideSources sources;
    private final int mtu;
    private final Reassembly reassembly;
    private final PacketReader reader = new PacketReader();
    private int identification = ThreadLocalRandom.current().nextInt();

    Softwires(DsLiteSettings settings, Prefix aftr) {
        this.aftr = aftr;
        aftrAddress = aftr == null ? null : new Ip6(aftr.high(), aftr.low());
        sources = new InsideSources(settings.sources());
        mtu = settings.mtu();
        reassembly = new Reassembly(settings.mostReassemblies(), settings.reassemblyOctets(), settings.reassemblySeconds());
    }

    /** Whether the packet is for the tunnels' end. */
    public boolean leadHere(Packet packet) {
        return aftr != null && packet.v6 && packet.destinationLow == aftr.low() && packet.destinationHigh == aftr.high();
    }

    /**
     * Takes a packet out of its tunnel.
     *
     * @param packet for the tunnels' end; is the inner packet afterwards, in an array of its own
     * @param frame where it came in; is not changed
     * @return {@code null} when it is
     */
    public DropReason open(Packet packet, int fromZone, Frame frame, long now) {
        if (fromZone != Zone.INSIDE) {
            return DropReason.WRONG_INTERFACE;
        }
        if (packet.protocol != Encapsulation.IPV4) {
            return DropReason.SOFTWIRE_REFUSED;
        }
        Ip6 end = new Ip6(packet.sourceHigh, packet.sourceLow);
        int start = frame.offset;
        if (packet.fragment) {
            byte[] whole = reassembly.add(packet, start, now);
            if (whole == null || reader.frame(packet, whole, 0, whole.length) != null) {
                return DropReason.SOFTWIRE_FRAGMENT;
            }
            start = 0;
        }
        byte[] inner = Encapsulation.open(packet, start);
        if (inner == null) {
            return DropReason.SOFTWIRE_REFUSED;
        }
        DropReason unreadable = reader.frame(packet, inner, 0, inner.length);
        if (unreadable != null) {
            return unreadable;
        }
        packet.softwire = end;
        packet.sourceHigh = Softwire.hash(end);
        boolean allowed = sources.contain(packet.sourceLow) && !RESERVED.contains(false, 0, packet.destinationLow);
        return allowed ? null : DropReason.SOFTWIRE_REFUSED;
    }

    /**
     * Lets a packet go that came out of a tunnel, goes into one, or both.
     *
     * @param packet rewritten
     * @param to the tunnel's other end; {@code null} when the packet goes on as it is
     * @param frame gets what goes out: more than one when the tunnel packet had to be fragmented (RFC 6333, section 5.3)
     */
    public void close(Packet packet, Ip6 to, Frame frame) {
        if (to == null) {
            frame.set(packet.bytes);
            return;
        }
        int start = packet.bytes == frame.bytes ? frame.offset : 0;
        byte[] made = Encapsulation.close(packet, start, aftrAddress, to);
        if (HEADER + packet.ipLength() > mtu) {
            Ipv6Fragments.split(made, packet.ip - start, mtu, ++identification, 0, false, frame);
        } else {
            frame.set(made);
        }
    }
}
