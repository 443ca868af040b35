/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.OwnShare;

/**
 * NAPT whose public address and ports follow from the private address by computation, so that who had a port needs no record (as RFC
 * 7422 describes it). A session takes a port within what its client has. Sessions go on when their mapping is removed, but not over a
 * failover; new ones are translated by NAPT, if that applies.
 */
public final class StaticMappings implements NatKind, Part {

    /** Tells the peer that the mapping of a session is none of {@code napt_pool}. */
    private static final int POOL = 1;

    private final StaticMappingTable table;
    private final StaticMappingCommand command;
    private final PortPicker picker;
    private final BooleanSupplier room;
    private final OwnShare share;

    /**
     * No mapping at first.
     *
     * @param room whether another NAPT mapping may be made
     */
    public StaticMappings(int most, PublicAddresses addresses, PortPicker picker, BooleanSupplier room, Lock lock, FirewallTime time) {
        this.picker = picker;
        this.room = room;
        this.share = time.share();
        table = new StaticMappingTable(addresses, most, lock, time);
        command = new StaticMappingCommand(table, lock);
    }

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        return fromZone == Zone.INSIDE && !packet.v6 && packet.softwire == null && table.inside(packet.sourceLow) != null;
    }

    @Override
    public DropReason translate(Packet packet, Flow flow) {
        if (!Napt.supports(packet.protocol)) {
            return DropReason.NAPT_UNSUPPORTED;
        }
        if (!room.getAsBoolean()) {
            return DropReason.TABLE_FULL;
        }
        StaticRange range = table.inside(flow.clientLow);
        int address = range.address(flow.clientLow);
        int first = range.firstPort(flow.clientLow);
        PortRange ports = share.of(new PortRange(first, first + range.portsEach() - 1));
        int port = picker.pick(flow, address, ports.first(), ports.size());
        if (port == PortPicker.NONE) {
            return DropReason.NAPT_EXHAUSTED;
        }
        flow.translate(address, port);
        flow.useMapping(POOL);
        return null;
    }

    @Override
    public boolean onlySessionTells(Flow flow) {
        return Napt.onlySessionSays(flow);
    }

    @Override
    public boolean owns(Flow flow) {
        StaticRange range = flow.softwire == null ? table.inside(flow.clientLow) : null;
        return range != null && range.address(flow.clientLow) == flow.publicAddress;
    }

    @Override
    public boolean holds(Flow flow) {
        return flow.isMapping() && owns(flow);
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of(StaticMappingTable.TYPE, table);
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(command);
    }

    @Override
    public void age() {
        // Mappings last until they are removed; what was taken from the peer is told.
        table.age();
    }
}
