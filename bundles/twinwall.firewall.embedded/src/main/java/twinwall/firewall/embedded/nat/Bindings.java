/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;

import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/**
 * A table of bindings: each ties an inside endpoint to a public one, whoever it talks to (RFC 4787, REQ-1). It is found from either side,
 * and no public endpoint has two, in this table or another with the same {@link Ledger}. Its time does not pass while sessions use it,
 * whether the firewall began them or its peer.
 *
 * @param <E> the binding
 */
public class Bindings<E extends Record> extends EntryTable<AddressKey, E> implements BindingTable {

    private final BindingForm<E> form;
    private final Ledger ledger;
    private final Consumer<E> check;

    /**
     * An empty table; parameters as of {@link EntryTable}.
     *
     * @param check looks at an entry of the peer before it is taken, and throws {@link twinwall.firewall.EntryRefusedException} when it
     *     contradicts this firewall's configuration
     */
    public Bindings(String type, Lock lock, FirewallTime time, int most, Ageing ageing, BindingForm<E> form, Ledger ledger,
            Consumer<E> check) {
        super(type, lock, time, most, ageing, form);
        this.form = form;
        this.ledger = ledger;
        this.check = check;
    }

    /** The binding with that public endpoint, or {@code null}. */
    @SuppressWarnings("unchecked")
    public Slot<E> findOutside(AddressKey outside) {
        Slot<E> slot = (Slot<E>) ledger.binding(outside, this);
        return slot == null ? null : find(form.key(slot.entry()));
    }

    /** Whether the inside endpoint may have the public one. */
    public boolean isFree(AddressKey outside, AddressKey inside) {
        return ledger.isFree(outside, inside);
    }

    /** Whether sessions use the public endpoint, and no binding says so. */
    boolean isHeldBySessionsOnly(AddressKey outside) {
        return ledger.isHeldBySessionsOnly(outside);
    }

    /** Tells the peer of the bindings that are not due for backup, before it may hand out their public endpoints. */
    public void tellEarly() {
        amend(form::early);
    }

    /** A session of the peer needs the public endpoint, see {@link Ledger#makeRoom}. */
    boolean makeRoom(AddressKey outside, AddressKey inside, Ip6 softwire) {
        return ledger.makeRoom(outside, inside, softwire, null);
    }

    /** A session that this kind of binding translates is in the session table: its public and its inside endpoint. */
    public void began(AddressKey outside, AddressKey inside, Flow flow) {
        ledger.began(outside, inside, flow);
    }

    /** That session is gone, or never began. */
    public void ended(AddressKey outside, Flow flow) {
        ledger.ended(outside, flow);
    }

    @Override
    protected void check(E entry) {
        check.accept(entry);
        if (ledger.makeRoom(form.outside(entry), form.key(entry), form.softwire(entry), this)) {
            contested();
        }
    }

    @Override
    protected void entered(Slot<E> slot) {
        ledger.bound(form.outside(slot.entry()), form.key(slot.entry()), this, slot);
    }

    @Override
    protected void leaving(Slot<E> slot) {
        ledger.unbound(form.outside(slot.entry()), slot);
    }

    /** What is configured for ever and what is promised is taken out by somebody. */
    @Override
    protected boolean endsByAgeOnly() {
        return ageing() == Ageing.IDLE;
    }

    @Override
    protected boolean inUse(Slot<E> slot) {
        return ledger.inUse(form.outside(slot.entry()));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void evict(Object binding) {
        giveUp((Slot<E>) binding);
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean isOwn(Object binding) {
        return super.isOwn((Slot<E>) binding);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Ip6 softwire(Object binding) {
        return form.softwire(((Slot<E>) binding).entry());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void unused(Object binding) {
        rest((Slot<E>) binding);
    }
}
