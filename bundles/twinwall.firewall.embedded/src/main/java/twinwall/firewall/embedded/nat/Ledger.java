/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;

/**
 * Which public endpoints are taken, by bindings or by sessions, whatever kind of translation gave them: none is given to two inside
 * endpoints at the same time. A binding and its sessions come from the peer in any order, and either alone keeps the endpoint taken. What
 * the peer says wins: where it contradicts, the older binding and its sessions go, and nobody is told. Used under the firewall's lock
 * only.
 */
public final class Ledger {

    private final Map<AddressKey, Holding> holdings = new HashMap<>();
    private final Consumer<Flow> end;

    /**
     * An empty ledger.
     *
     * @param end takes a session out of its table without telling anyone
     */
    public Ledger(Consumer<Flow> end) {
        this.end = end;
    }

    /** Whether the inside endpoint may have the public one: nobody else has it. */
    public boolean isFree(AddressKey outside, AddressKey inside) {
        Holding holding = holdings.get(outside);
        return holding == null || holding.inside.equals(inside);
    }

    /** How many public endpoints are taken. */
    public int size() {
        return holdings.size();
    }

    /** The binding of that table with that public endpoint, or {@code null}. */
    public Object binding(AddressKey outside, BindingTable table) {
        Holding holding = holdings.get(outside);
        for (int i = 0; holding != null && i < holding.bindings.size(); i++) {
            if (holding.bindings.get(i).table() == table) {
                return holding.bindings.get(i).binding();
            }
        }
        return null;
    }

    /** Whether sessions use the public endpoint. */
    boolean inUse(AddressKey outside) {
        Holding holding = holdings.get(outside);
        return holding != null && !holding.flows.isEmpty();
    }

    /** Takes the public endpoint from everybody but this inside one. */
    public void makeRoom(AddressKey outside, AddressKey inside) {
        Holding holding = holdings.get(outside);
        if (holding == null || holding.inside.equals(inside)) {
            return;
        }
        List.copyOf(holding.bindings).forEach(bound -> bound.table().evict(bound.binding()));
        List.copyOf(holding.flows).forEach(end);
        holdings.remove(outside);
    }

    /** A binding of that table has the public endpoint from now on, beside those of other tables with the same inside endpoint. */
    public void bound(AddressKey outside, AddressKey inside, BindingTable table, Object binding) {
        Holding holding = held(outside, inside);
        holding.bindings.removeIf(bound -> bound.table() == table);
        holding.bindings.add(new Holding.Bound(table, binding));
    }

    /** The binding has it no more. */
    public void unbound(AddressKey outside, Object binding) {
        Holding holding = holdings.get(outside);
        if (holding != null && holding.bindings.removeIf(bound -> bound.binding() == binding)) {
            dropEmpty(outside, holding);
        }
    }

    /** A session that uses the public endpoint is in the session table. */
    public void began(AddressKey outside, AddressKey inside, Flow flow) {
        held(outside, inside).flows.add(flow);
    }

    /** The session is gone, or never began. The time of a binding that no session uses any more begins. */
    public void ended(AddressKey outside, Flow flow) {
        Holding holding = holdings.get(outside);
        if (holding == null || !holding.flows.remove(flow) || !holding.flows.isEmpty()) {
            return;
        }
        holding.bindings.forEach(bound -> bound.table().unused(bound.binding()));
        dropEmpty(outside, holding);
    }

    private Holding held(AddressKey outside, AddressKey inside) {
        makeRoom(outside, inside);
        return holdings.computeIfAbsent(outside, key -> new Holding(inside));
    }

    private void dropEmpty(AddressKey outside, Holding holding) {
        if (holding.isEmpty()) {
            holdings.remove(outside, holding);
        }
    }
}
