/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;

/**
 * A kind of translation whose sessions use bindings: it tells the bindings which sessions use which public endpoint, also those of the
 * peer, and also while the binding itself is missing.
 *
 * @param <E> the binding
 */
public abstract class BindingKind<E extends Record> implements NatKind {

    /** The bindings. */
    protected final Bindings<E> bindings;

    protected BindingKind(Bindings<E> bindings) {
        this.bindings = bindings;
    }

    /** The inside endpoint of a session. */
    protected abstract AddressKey inside(Flow flow);

    /** The public endpoint of a session that was translated. */
    protected abstract AddressKey outside(Flow flow);

    @Override
    public boolean holds(Flow flow) {
        return bindings.findOutside(outside(flow)) != null;
    }

    /** The far end of the tunnel to the inside endpoint of a session; {@code null} for none. */
    protected abstract Ip6 softwire(Flow flow);

    @Override
    public boolean onlySessionTells(Flow flow) {
        return bindings.isHeldBySessionsOnly(outside(flow));
    }

    @Override
    public boolean makeRoom(Flow flow) {
        return bindings.makeRoom(outside(flow), inside(flow), softwire(flow));
    }

    @Override
    public void began(Flow flow) {
        bindings.began(outside(flow), inside(flow), flow);
    }

    @Override
    public void ended(Flow flow) {
        bindings.ended(outside(flow), flow);
    }
}
