/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.DestinationBinding;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.Slot;

/**
 * Maps destinations that clients outside send to, to pools of addresses inside. A client is bound to the address that the fewest clients
 * are bound to, and keeps it for its further sessions to the same destination until it has had none for a time. The first rule that
 * matches decides. The rule list is asked with the packet as it comes in, with the destination that the client sends to.
 */
public final class DestinationNat implements NatKind, Part {

    private final List<DestinationRule> rules;
    private final DestinationTable table;

    /** Destination NAT by the rules of a setting. */
    public DestinationNat(DestinationSettings settings, PublicAddresses addresses, Lock lock, FirewallTime time) {
        rules = DestinationRule.list(settings.rules());
        table = new DestinationTable(rules, settings.maxBindings(), lock, time);
        addresses.kind(DestinationSettings.RULES, range -> rules.stream().anyMatch(rule -> rule.destinations().overlaps(range)));
    }

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        if (rules.isEmpty() || fromZone != Zone.OUTSIDE || packet.v6) {
            return false;
        }
        for (DestinationRule rule : rules) {
            if (rule.matches(packet)) {
                return true;
            }
        }
        return false;
    }

    /** The first rule that matches, or {@code null}. */
    private DestinationRule rule(Flow flow) {
        for (DestinationRule rule : rules) {
            if (rule.matches(flow)) {
                return rule;
            }
        }
        return null;
    }

    @Override
    public DropReason translate(Packet packet, Flow flow) {
        DestinationRule rule = rule(flow);
        Slot<DestinationBinding> slot = table.find(DestinationTable.key(rule, flow));
        if (slot == null) {
            if (!table.hasRoom()) {
                return DropReason.TABLE_FULL;
            }
            int port = flow.ports & 0xffff;
            slot = table.put(new DestinationBinding(0, rule.number(), flow.protocolNumber(), new Ip4((int) flow.clientLow),
                    new Ip4((int) flow.serverLow), port, new Ip4(table.leastBound(rule)), rule.realPort(port), 0, rule.ttlSeconds()));
        } else {
            table.touch(slot);
        }
        flow.redirect(slot.entry().real().bits(), slot.entry().realPort());
        return null;
    }

    @Override
    public boolean owns(Flow flow) {
        DestinationRule rule = flow.v6 ? null : rule(flow);
        return rule != null && rule.pool().number(flow.realAddress) >= 0;
    }

    @Override
    public boolean holds(Flow flow) {
        return table.find(DestinationTable.key(rule(flow), flow)) != null;
    }

    @Override
    public void began(Flow flow) {
        table.began(DestinationTable.key(rule(flow), flow));
    }

    @Override
    public void ended(Flow flow) {
        table.ended(DestinationTable.key(rule(flow), flow));
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of(DestinationTable.TYPE, table);
    }

    @Override
    public void age() {
        table.age();
    }
}
