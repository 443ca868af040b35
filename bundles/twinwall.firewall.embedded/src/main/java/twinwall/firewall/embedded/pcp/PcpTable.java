/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.PcpFilter;
import twinwall.firewall.PcpMapping;
import twinwall.firewall.embedded.nat.BindingTable;
import twinwall.firewall.embedded.nat.Endpoints;
import twinwall.firewall.embedded.nat.Ledger;
import twinwall.firewall.embedded.nat.PublicPool;
import twinwall.firewall.embedded.session.Contest;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/**
 * The PCP mappings: found by what was asked for, by inside endpoint and by public endpoint. Their time is promised, so it passes on a
 * standby too. An inside endpoint has one public endpoint, whatever it has asked for and whoever it talks to.
 */
final class PcpTable extends EntryTable<AddressKey, PcpMapping> implements BindingTable {

    static final String TYPE = "pcp";

    private final PublicPool pool;
    private final Ledger ledger;
    private final PcpEpoch epoch;
    private final Map<AddressKey, PcpBinding> bindings = new HashMap<>();
    private final Map<AddressKey, Integer> perClient = new HashMap<>();

    PcpTable(Lock lock, FirewallTime time, int most, PublicPool pool, Ledger ledger, PcpEpoch epoch) {
        super(TYPE, lock, time, most, Ageing.PROMISED, new PcpForm(epoch));
        this.pool = pool;
        this.ledger = ledger;
        this.epoch = epoch;
    }

    /** The mappings of an inside endpoint, or {@code null}. */
    PcpBinding ofInside(AddressKey inside) {
        return bindings.get(inside);
    }

    /** The mappings of a public endpoint, or {@code null}. */
    PcpBinding ofOutside(AddressKey outside) {
        return (PcpBinding) ledger.binding(outside, this);
    }

    /** How many mappings a host has. */
    int count(int host) {
        return perClient.getOrDefault(Endpoints.address(host), 0);
    }

    /** A mapping of the binding whose time is not over and that answers to this: MAP, or PEER with that remote peer. */
    PcpMapping use(PcpBinding binding, int remote, int remotePort, boolean inward) {
        for (Slot<PcpMapping> slot : binding.mappings) {
            PcpMapping mapping = slot.entry();
            boolean answers = mapping.opcode() == PcpMapping.Opcode.MAP ? !inward || admits(mapping.filters(), remote, remotePort)
                    : mapping.remote().filter(end -> end.address().bits() == remote && end.port() == remotePort).isPresent();
            if (answers && isCurrent(slot)) {
                return mapping;
            }
        }
        return null;
    }

    private static boolean admits(List<PcpFilter> filters, int remote, int remotePort) {
        return filters.isEmpty() || filters.stream().anyMatch(filter -> filter.admits(remote, remotePort));
    }

    private boolean isCurrent(Slot<PcpMapping> slot) {
        PcpMapping mapping = slot.entry();
        return find(PcpForm.key(mapping.opcode(), mapping.protocol(), mapping.inside(), mapping.insidePort(), mapping.remote())) == slot;
    }

    @Override
    protected void check(PcpMapping entry) {
        pool.check(entry.vsys(), entry.pool(), entry.outside());
        AddressKey inside = inside(entry);
        AddressKey outside = outside(entry);
        PcpBinding binding = bindings.get(inside);
        if (binding != null && isOwn(binding) && Long.compareUnsigned(place(binding.outside), place(outside)) < 0) {
            throw Contest.lost();
        }
        if (ledger.makeRoom(outside, inside, null, this)) {
            contested();
        }
        if (binding != null && !binding.outside.equals(outside)) {
            evict(binding);
        }
        epoch.heard(entry.epochSeconds());
    }

    @Override
    public void evict(Object binding) {
        List.copyOf(((PcpBinding) binding).mappings).forEach(this::giveUp);
    }

    @Override
    public boolean isOwn(Object binding) {
        return ((PcpBinding) binding).mappings.stream().anyMatch(this::isOwn);
    }

    /** A public address and port as a number. */
    private static long place(AddressKey outside) {
        return outside.low() << 16 | outside.more() & 0xffff;
    }

    @Override
    protected void entered(Slot<PcpMapping> slot) {
        PcpMapping entry = slot.entry();
        AddressKey inside = inside(entry);
        PcpBinding binding = bindings.get(inside);
        if (binding == null) {
            binding = new PcpBinding(inside, outside(entry));
            bindings.put(inside, binding);
            ledger.bound(binding.outside, inside, this, binding);
        }
        binding.mappings.add(slot);
        perClient.merge(Endpoints.address(entry.inside().bits()), 1, Integer::sum);
    }

    @Override
    protected void leaving(Slot<PcpMapping> slot) {
        PcpMapping entry = slot.entry();
        PcpBinding binding = bindings.get(inside(entry));
        binding.mappings.remove(slot);
        if (binding.mappings.isEmpty()) {
            bindings.remove(binding.inside);
            ledger.unbound(binding.outside, binding);
        }
        perClient.computeIfPresent(Endpoints.address(entry.inside().bits()), (host, count) -> count > 1 ? count - 1 : null);
    }

    static AddressKey inside(PcpMapping entry) {
        return Endpoints.of(entry.protocol(), entry.inside().bits(), entry.insidePort());
    }

    static AddressKey outside(PcpMapping entry) {
        return Endpoints.of(entry.protocol(), entry.outside().bits(), entry.outsidePort());
    }
}
