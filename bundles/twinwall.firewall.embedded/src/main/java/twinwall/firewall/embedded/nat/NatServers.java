/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.NatServer;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.FlowTable;

/**
 * Servers inside that are reached by a public address, from outside and from inside. The kind itself redirects the destination; {@link
 * #reverse} and {@link HairpinSource} give sources. The rule list is asked with the packet as it comes in, with the public address, and
 * from the zone it comes from to the zone inside: {@code allow outside->inside tcp 203.0.113.80 port 443}, and for clients inside
 * {@code allow inside->inside tcp 203.0.113.80 port 443}. Sessions go on when their server is removed.
 */
public final class NatServers implements NatKind, Part {

    private final NatServerTable table;
    private final NatServerCommand command;
    private final NatKind reverse;

    /** No server at first. */
    public NatServers(int most, PublicAddresses addresses, FlowTable flows, Lock lock, FirewallTime time) {
        table = new NatServerTable(addresses, most, lock, time);
        command = new NatServerCommand(table, lock);
        reverse = new ServerSource(table, flows, time.share());
    }

    /** Gives sessions that a server begins its public address; asked first of all sources. */
    public NatKind reverse() {
        return reverse;
    }

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        return !packet.v6 && !table.globals().isEmpty()
                && table.globals().find(packet.protocol, packet.destinationLow, packet.destinationPort()) != null;
    }

    @Override
    public DropReason translate(Packet packet, Flow flow) {
        NatServer server = of(table.globals(), flow);
        flow.redirect(server.inside().bits(), realPort(server, flow));
        return null;
    }

    @Override
    public boolean owns(Flow flow) {
        NatServer server = flow.v6 ? null : of(table.globals(), flow);
        return server != null && server.inside().bits() == flow.realAddress && realPort(server, flow) == flow.realPort;
    }

    /** The server that the client of the flow talks to, or {@code null}. */
    static NatServer of(ServerIndex globals, Flow flow) {
        return globals.find(flow.protocolNumber(), flow.serverLow, flow.ports & 0xffff);
    }

    private static int realPort(NatServer server, Flow flow) {
        return server.insidePort() + (flow.ports & 0xffff) - server.globalPort();
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of(NatServerTable.TYPE, table);
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(command);
    }

    @Override
    public void age() {
        // Servers last until they are removed; what was taken from the peer is told.
        table.age();
    }
}
