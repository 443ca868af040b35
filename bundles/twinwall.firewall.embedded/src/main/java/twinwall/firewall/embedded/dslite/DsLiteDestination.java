/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import java.util.function.BiConsumer;

import twinwall.firewall.embedded.nat.BindingDestination;
import twinwall.firewall.embedded.nat.Bindings;
import twinwall.firewall.embedded.nat.PublicPool;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.Flow;

/**
 * Sessions to a public endpoint that leads through a tunnel, from outside and from inside (hairpinning). Everybody is let in: who has the
 * endpoint has made it known.
 *
 * @param <E> what has the endpoint, a server or a binding
 */
final class DsLiteDestination<E extends Record> extends BindingDestination<E> {

    private final BiConsumer<Flow, E> redirect;
    private final Bindings<?> others;

    /**
     * One of the two kinds.
     *
     * @param others the other table: a session of the peer does not tell which of the two its public endpoint is from
     */
    DsLiteDestination(Bindings<E> bindings, Bindings<?> others, PublicPool pool, BiConsumer<Flow, E> redirect) {
        super(bindings, pool);
        this.others = others;
        this.redirect = redirect;
    }

    @Override
    protected boolean supports(Packet packet) {
        return packet.protocol == Protocols.TCP || packet.protocol == Protocols.UDP;
    }

    @Override
    protected void redirect(Flow flow, E binding) {
        redirect.accept(flow, binding);
    }

    @Override
    public boolean opens() {
        return true;
    }

    @Override
    public boolean owns(Flow flow) {
        return super.owns(flow) && flow.softwireAfter(0) != null;
    }

    @Override
    public boolean holds(Flow flow) {
        return super.holds(flow) || others.findOutside(outside(flow)) != null;
    }
}
