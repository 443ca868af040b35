/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.session.Contest;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;

/**
 * Which public endpoints are taken, by bindings or by sessions, whatever kind of translation gave them: none is given to two inside
 * endpoints at the same time. A binding and its sessions come from the peer in any order, and either alone keeps the endpoint taken. Where
 * the peer contradicts, the binding here and its sessions go; unless they are this firewall's own and keep it, see {@link Contest}. Used
 * under the firewall's lock only.
 */
public final class Ledger {

    private final Map<AddressKey, Holding> holdings = new HashMap<>();
    private final Predicate<Flow> own;
    private final Consumer<Flow> end;
    /** The endpoint that was given up last for what is just coming from the peer. */
    private AddressKey won;

    /**
     * An empty ledger.
     *
     * @param own whether a session is this firewall's own
     * @param end takes a session out of its table, and tells of it when it was
     */
    public Ledger(Predicate<Flow> own, Consumer<Flow> end) {
        this.own = own;
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

    /** Whether sessions use the public endpoint, and no binding says so. */
    public boolean isHeldBySessionsOnly(AddressKey outside) {
        Holding holding = holdings.get(outside);
        return holding != null && holding.bindings.isEmpty();
    }

    /** Whether sessions use the public endpoint. */
    boolean inUse(AddressKey outside) {
        Holding holding = holdings.get(outside);
        return holding != null && !holding.flows.isEmpty();
    }

    /**
     * The peer says that this inside endpoint has the public one: takes it from everybody else.
     *
     * @param softwire far end of the tunnel to the inside endpoint; {@code null} for none
     * @param by the table that the peer's binding comes to; {@code null} for a session
     * @return whether what comes is to be told back to the peer: somebody here had the endpoint, and the peer may have believed that one
     * @throws twinwall.firewall.EntryRefusedException when another one here keeps it; nothing has changed then
     */
    public boolean makeRoom(AddressKey outside, AddressKey inside, Ip6 softwire, BindingTable by) {
        Holding holding = holdings.get(outside);
        if (holding == null || holding.inside.equals(inside)) {
            return holding != null && holding.contested && (by == null || binding(outside, by) == null);
        }
        boolean contested = holding.isOwn(own);
        if (contested && holding.keeps(inside, softwire)) {
            throw Contest.lost();
        }
        empty(outside, holding);
        won = contested ? outside : won;
        return contested;
    }

    private void empty(AddressKey outside, Holding holding) {
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
        Holding there = holdings.get(outside);
        if (there != null && !there.inside.equals(inside)) {
            empty(outside, there);
        }
        return holdings.computeIfAbsent(outside, key -> new Holding(inside, key.equals(won)));
    }

    private void dropEmpty(AddressKey outside, Holding holding) {
        if (holding.isEmpty()) {
            holdings.remove(outside, holding);
        }
    }
}
