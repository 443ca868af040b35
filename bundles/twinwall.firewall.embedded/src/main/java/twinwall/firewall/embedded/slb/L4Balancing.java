/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.SlbBinding;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.nat.NatKind;
import twinwall.firewall.embedded.nat.PublicAddresses;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.Slot;

/**
 * Balances load by address and port: a session to a virtual server goes to a real one. The first session of a client gets the next server
 * by weight, later ones the same; a client whose server is unhealthy or gone gets another with its next session. Sessions that are there
 * keep theirs. Which virtual and real servers there are is configuration, the same on both firewalls; only who was given whom is backed up.
 */
public final class L4Balancing implements NatKind, Part {

    private final Lock lock;
    private final PublicAddresses addresses;
    private final VirtualServers servers;
    private final Bindings bindings;
    private final int stickySeconds;
    private volatile Health health = Health.UNKNOWN;

    /** Balancing as the settings say, over addresses that no other kind of translation has. */
    public L4Balancing(SlbSettings settings, PublicAddresses addresses, FirewallTime time, Lock lock) {
        this.lock = lock;
        this.addresses = addresses;
        servers = VirtualServers.parse(settings.servers());
        stickySeconds = settings.stickySeconds();
        bindings = new Bindings(lock, time, settings.maxBindings(), stickySeconds, servers);
        addresses.kind(SlbSettings.SERVERS, range -> servers.all().stream().anyMatch(server ->
                range.contains(server.address().bits() & 0xffffffffL)));
    }

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        return !packet.v6 && server(flow) != null;
    }

    private VirtualServer server(Flow flow) {
        return servers.find(flow.protocolNumber(), (int) flow.serverLow, flow.ports & 0xffff);
    }

    @Override
    public DropReason translate(Packet packet, Flow flow) {
        VirtualServer server = server(flow);
        Slot<SlbBinding> slot = bindings.find(Bindings.key(flow));
        RealServer real = slot == null ? null : server.group().member(slot.entry().real().bits(), slot.entry().realPort());
        if (real != null && health.healthy(real)) {
            bindings.touch(slot);
        } else {
            real = server.group().choose(health);
            if (real == null) {
                return DropReason.NO_REAL_SERVER;
            }
            bindings.bind(slot, flow, server, real, stickySeconds);
        }
        flow.redirect(real.address().bits(), real.port());
        return null;
    }

    @Override
    public boolean owns(Flow flow) {
        return !flow.v6 && server(flow) != null;
    }

    @Override
    public void began(Flow flow) {
        bindings.began(flow);
    }

    @Override
    public void ended(Flow flow) {
        bindings.ended(flow);
    }

    /** Who says from now on which servers are healthy. From any thread. */
    public void health(Health by) {
        health = by;
    }

    /** Who says which servers are healthy. */
    Health health() {
        return health;
    }

    /**
     * Adds a virtual server. From any thread, as all that follows.
     *
     * @throws IllegalArgumentException when its name or its address, port and protocol are in use, or another kind of translation has the
     *     address
     */
    public void add(VirtualServer server) {
        locked(() -> {
            String owner = addresses.owner(SlbSettings.SERVERS, Ip4Range.of(server.address(), server.address()));
            if (owner != null && !owner.equals(SlbSettings.SERVERS)) {
                throw new IllegalArgumentException("a virtual server cannot have " + server.address() + ", which " + owner + " has");
            }
            servers.add(server);
        });
    }

    /**
     * Adds a real server to a virtual one, or changes its weight.
     *
     * @throws IllegalArgumentException when there is no virtual server of that name
     */
    public void add(String virtual, RealServer real) {
        locked(() -> named(virtual).group().add(real));
    }

    /** Takes a real server out; its sessions go on. Whether it was there. */
    public boolean remove(String virtual, int address, int port) {
        boolean[] there = new boolean[1];
        locked(() -> there[0] = named(virtual).group().remove(address, port));
        return there[0];
    }

    /** Takes a virtual server out, and who was given whom; its sessions go on. */
    public void remove(String virtual) {
        locked(() -> {
            servers.remove(named(virtual));
            bindings.each(binding -> {
                Slot<SlbBinding> slot = binding.group().equals(virtual) ? bindings.find(Bindings.key(binding)) : null;
                if (slot != null) {
                    bindings.remove(slot);
                }
            });
        });
    }

    private VirtualServer named(String name) {
        VirtualServer server = servers.named(name);
        if (server == null) {
            throw new IllegalArgumentException("there is no virtual server '" + name + "'");
        }
        return server;
    }

    /** The virtual servers as they are now. */
    public List<VirtualServer> servers() {
        List<VirtualServer> all = new ArrayList<>();
        locked(() -> all.addAll(servers.all()));
        return all;
    }

    /** Every real server, of all groups. */
    public Collection<RealServer> realServers() {
        List<RealServer> all = new ArrayList<>();
        locked(() -> servers.all().forEach(server -> all.addAll(server.group().servers())));
        return all;
    }

    /** Does something while no packet is inspected. */
    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Table {@code l4-slb}. */
    FirewallTable<SlbBinding> table() {
        return bindings;
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of("l4-slb", bindings);
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(new SlbCommand(this));
    }

    @Override
    public void age() {
        bindings.age();
    }
}
