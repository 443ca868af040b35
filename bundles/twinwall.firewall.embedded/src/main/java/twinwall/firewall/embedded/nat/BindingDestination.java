/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.Slot;

/**
 * Leads sessions to a bound public endpoint on to the inside endpoint, from outside and, as hairpinning (RFC 4787, REQ-9), from inside.
 *
 * @param <E> the binding
 */
public abstract class BindingDestination<E extends Record> extends BindingKind<E> {

    private final PublicPool pool;

    protected BindingDestination(Bindings<E> bindings, PublicPool pool) {
        super(bindings);
        this.pool = pool;
    }

    @Override
    protected AddressKey outside(Flow flow) {
        return Endpoints.dialled(flow);
    }

    @Override
    protected AddressKey inside(Flow flow) {
        return Endpoints.real(flow);
    }

    @Override
    protected Ip6 softwire(Flow flow) {
        return flow.softwireAfter(0);
    }

    /** Whether the binding lets this packet's sender in. Default: everybody is. */
    protected boolean admits(E binding, Packet packet) {
        return true;
    }

    /** Whether packets of this protocol are led to bindings at all. */
    protected abstract boolean supports(Packet packet);

    /** Redirects the flow to the inside endpoint of the binding. */
    protected abstract void redirect(Flow flow, E binding);

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        if (pool.isEmpty() || packet.v6 || !pool.contains((int) packet.destinationLow) || !supports(packet)) {
            return false;
        }
        Slot<E> slot = bindings.findOutside(outside(flow));
        return slot != null && admits(slot.entry(), packet);
    }

    @Override
    public DropReason translate(Packet packet, Flow flow) {
        Slot<E> slot = bindings.findOutside(outside(flow));
        if (slot == null) {
            return DropReason.NO_SESSION;
        }
        bindings.touch(slot);
        redirect(flow, slot.entry());
        return null;
    }

    @Override
    public boolean owns(Flow flow) {
        return !flow.v6 && pool.contains((int) flow.serverLow);
    }
}
