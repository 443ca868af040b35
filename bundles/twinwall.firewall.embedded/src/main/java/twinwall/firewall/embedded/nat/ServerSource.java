/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.NatServer;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.FlowTable;
import twinwall.firewall.embedded.session.OwnShare;

/**
 * Sessions that a NAT server begins come from its public address, unless it says no-reverse: from the public port if they begin at the
 * port that is served, with the same port if the whole address is served, and else from a port of that address at which no server is. A
 * host behind a tunnel may have the same private address and is none of them.
 */
final class ServerSource implements NatKind {

    private static final PortRange PORTS = new PortRange(1024, 65535);

    private final NatServerTable table;
    private final PortPicker picker;
    private final OwnShare share;

    ServerSource(NatServerTable table, FlowTable flows, OwnShare share) {
        this.table = table;
        this.share = share;
        picker = new PortPicker(flows) {

            @Override
            boolean isFree(Flow flow, int address, int port) {
                return super.isFree(flow, address, port)
                        && table.globals().find(flow.protocolNumber(), address & 0xffffffffL, port) == null;
            }
        };
    }

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        if (fromZone != Zone.INSIDE || packet.v6 || packet.softwire != null || table.reverse().isEmpty()) {
            return false;
        }
        return serving(flow) != null || Napt.supports(packet.protocol) && table.reverse().any(flow.clientLow) != null;
    }

    private NatServer serving(Flow flow) {
        return table.reverse().find(flow.protocolNumber(), flow.clientLow, flow.ports >>> 16);
    }

    @Override
    public DropReason translate(Packet packet, Flow flow) {
        NatServer server = serving(flow);
        if (server != null) {
            flow.translate(server.global().bits(), (flow.ports >>> 16) - server.insidePort() + server.globalPort());
            return null;
        }
        int address = table.reverse().any(flow.clientLow).global().bits();
        int port = pick(picker, flow, address, share);
        if (port == PortPicker.NONE) {
            return DropReason.NAPT_EXHAUSTED;
        }
        flow.translate(address, port);
        return null;
    }

    /** A port that is not one of the well-known ones, or any echo identifier. */
    static int pick(PortPicker picker, Flow flow, int address, OwnShare share) {
        PortRange own = share.of(flow.protocolNumber() == Protocols.ICMP ? PortRange.ALL : PORTS);
        return picker.pick(flow, address, own.first(), own.size());
    }

    @Override
    public boolean onlySessionTells(Flow flow) {
        return true;
    }

    @Override
    public boolean owns(Flow flow) {
        NatServer server = flow.v6 || flow.softwire != null ? null : table.reverse().any(flow.clientLow);
        return server != null && server.global().bits() == flow.publicAddress;
    }
}
