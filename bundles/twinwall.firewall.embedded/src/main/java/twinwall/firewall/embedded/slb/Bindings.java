/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.Ip4;
import twinwall.firewall.SlbBinding;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/**
 * The table {@code l4-slb}: which client was given which real server. A binding lives as long as its client has sessions, and for the
 * sticky time from then on.
 */
final class Bindings extends EntryTable<AddressKey, SlbBinding> {

    private final VirtualServers servers;
    /** Sessions of each client. It knows of sessions that came from the peer before their binding. */
    private final Map<AddressKey, Integer> sessions = new HashMap<>();

    Bindings(Lock lock, FirewallTime time, int most, int stickySeconds, VirtualServers servers) {
        super("l4-slb", lock, time, most, Ageing.IDLE, new Form(stickySeconds));
        this.servers = servers;
    }

    private static AddressKey key(int protocol, int virtualAddress, int virtualPort, int client) {
        return new AddressKey(virtualAddress, client, (long) protocol << 16 | virtualPort);
    }

    static AddressKey key(SlbBinding entry) {
        return key(entry.protocol(), entry.virtualAddress().bits(), entry.virtualPort(), entry.client().bits());
    }

    static AddressKey key(Flow flow) {
        return key(flow.protocolNumber(), (int) flow.serverLow, flow.ports & 0xffff, (int) flow.clientLow);
    }

    /** Binds the client of a flow to a real server. When the table is full the client is served all the same, and not remembered. */
    void bind(Slot<SlbBinding> before, Flow flow, VirtualServer server, RealServer real, int seconds) {
        if (before != null || hasRoom()) {
            put(new SlbBinding(0, server.protocol(), server.address(), server.port(), new Ip4((int) flow.clientLow), real.address(),
                    real.port(), server.name(), real.weight(), seconds));
        }
    }

    void began(Flow flow) {
        sessions.merge(key(flow), 1, Integer::sum);
    }

    void ended(Flow flow) {
        AddressKey key = key(flow);
        Slot<SlbBinding> slot = find(key);
        if (slot != null) {
            rest(slot);
        }
        sessions.computeIfPresent(key, (client, count) -> count == 1 ? null : count - 1);
    }

    @Override
    protected boolean endsByAgeOnly() {
        return true;
    }

    @Override
    protected boolean inUse(Slot<SlbBinding> slot) {
        return sessions.containsKey(key(slot.entry()));
    }

    @Override
    protected void check(SlbBinding entry) {
        VirtualServer server = servers.find(entry.protocol(), entry.virtualAddress().bits(), entry.virtualPort());
        if (entry.vsys() != 0 || server == null) {
            throw new EntryRefusedException("unknown-virtual-server", "no virtual server at " + entry.virtualAddress() + ":"
                    + entry.virtualPort() + " here: configure '" + entry.group() + "' on both firewalls");
        }
        if (server.group().member(entry.real().bits(), entry.realPort()) == null) {
            throw new EntryRefusedException("unknown-real-server", "virtual server '" + server.name() + "' has no real server "
                    + entry.real() + ":" + entry.realPort() + " here: configure the same ones on both firewalls");
        }
    }

    /** How entries are handled. How long one that no session uses is kept, each firewall says itself. */
    private record Form(int stickySeconds) implements EntryForm<AddressKey, SlbBinding> {

        @Override
        public AddressKey key(SlbBinding entry) {
            return Bindings.key(entry);
        }

        @Override
        public int remainingSeconds(SlbBinding entry) {
            return stickySeconds;
        }

        @Override
        public SlbBinding withRemaining(SlbBinding entry, int seconds) {
            return new SlbBinding(entry.vsys(), entry.protocol(), entry.virtualAddress(), entry.virtualPort(), entry.client(), entry.real(),
                    entry.realPort(), entry.group(), entry.weight(), seconds);
        }
    }
}
