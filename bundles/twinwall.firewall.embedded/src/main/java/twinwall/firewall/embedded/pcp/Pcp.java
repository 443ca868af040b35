/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.FirewallTable;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.nat.Ledger;
import twinwall.firewall.embedded.nat.NatKind;
import twinwall.firewall.embedded.nat.PortRange;
import twinwall.firewall.embedded.nat.PublicPool;
import twinwall.firewall.embedded.packet.Checksums;
import twinwall.firewall.embedded.packet.Octets;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.packet.UdpAnswer;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.FlowTable;

/**
 * The PCP server (RFC 6887) at an address of the firewall, UDP port 5351. It answers hosts inside; requests from outside are dropped, as
 * are those that must not be answered, come in fragments, or are too many.
 */
public final class Pcp implements Part {

    private static final int UDP_HEADER = 8;

    private final boolean enabled;
    private final long address;
    private final FirewallTime time;
    private final PcpEpoch epoch;
    private final PcpTable table;
    private final PcpServer server;
    private final RequestRate rate;
    private final PcpKinds kinds;

    /** A server as the settings say; without an address there is none. */
    public Pcp(PcpSettings settings, Lock lock, FirewallTime time, Ledger ledger, FlowTable flows) {
        Prefix own = PcpSettings.address(settings.address());
        this.enabled = own != null;
        this.address = own == null ? 0 : own.low();
        this.time = time;
        PublicPool pool = new PublicPool("pcp_pool", AddressRange.list(settings.pool()), PortRange.parse(settings.ports()), time.share());
        epoch = new PcpEpoch(time);
        table = new PcpTable(lock, time, settings.most(), pool, ledger, epoch);
        server = new PcpServer(settings, table, new PcpPorts(pool, table, ledger, flows), epoch, time);
        rate = new RequestRate(settings.requestsPerSecond());
        kinds = new PcpKinds(table, pool, ledger);
    }

    /** Translates sources of mapped endpoints. */
    public NatKind source() {
        return kinds.source();
    }

    /** Lets remote peers in. */
    public NatKind destination() {
        return kinds.destination();
    }

    /** Whether the packet is for the server. */
    public boolean isFor(Packet packet) {
        return enabled && packet.destinationLow == address && packet.protocol == Protocols.UDP && !packet.v6 && !packet.laterFragment()
                && packet.destinationPort() == PcpFormat.PORT && packet.softwire == null;
    }

    /**
     * Answers a packet that {@link #isFor} the server.
     *
     * @param frame holds the answer afterwards, which leaves by the interface that the request came in by
     * @return {@code null} when there is an answer
     */
    public DropReason answer(Packet packet, int in, Frame frame) {
        int length = Octets.u16(packet.bytes, packet.transport + 4);
        int end = packet.transport + (length == 0 ? packet.ipEnd - packet.transport : length);
        if (in != EmbeddedFirewall.INSIDE || packet.fragment || end > packet.ipEnd) {
            return DropReason.PCP_REFUSED;
        }
        if (packet.ipEnd > packet.end) {
            return DropReason.TRUNCATED;
        }
        if (!Checksums.transportRight(packet)) {
            return DropReason.TRANSPORT_CHECKSUM;
        }
        if (!rate.admits((int) packet.sourceLow, time.now())) {
            return DropReason.PCP_REFUSED;
        }
        byte[] answer = server.answer(Arrays.copyOfRange(packet.bytes, packet.transport + UDP_HEADER, end), (int) packet.sourceLow);
        if (answer == null) {
            return DropReason.PCP_REFUSED;
        }
        frame.set(UdpAnswer.to(packet, frame.offset, answer));
        return null;
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of(PcpTable.TYPE, table);
    }

    @Override
    public void age() {
        epoch.age();
        table.age();
    }
}
