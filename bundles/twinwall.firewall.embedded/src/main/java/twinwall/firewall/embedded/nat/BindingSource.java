/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.packet.IcmpKind;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.Slot;

/**
 * Gives sessions the public source of their client's binding, whoever they go to, and makes a binding for a client that has none.
 *
 * @param <E> the binding
 */
public abstract class BindingSource<E extends Record> extends BindingKind<E> {

    protected BindingSource(Bindings<E> bindings) {
        super(bindings);
    }

    @Override
    protected AddressKey inside(Flow flow) {
        return Endpoints.client(flow);
    }

    @Override
    protected AddressKey outside(Flow flow) {
        return Endpoints.translated(flow);
    }

    @Override
    protected Ip6 softwire(Flow flow) {
        return flow.softwire;
    }

    /** Whether the packet's protocol can be translated by this kind of binding. Default: TCP, UDP and echo. */
    protected boolean supports(Packet packet) {
        return packet.protocol == Protocols.TCP || packet.protocol == Protocols.UDP || packet.icmpKind == IcmpKind.ECHO;
    }

    /**
     * A public endpoint for a client that has none, as {@link PublicPool#choose} gives it: the client's own port if it can be, else of UDP
     * one with the same parity, for the even and odd ports of RTP and RTCP (RFC 4787, REQ-4).
     *
     * @param protocol what the server sees
     * @param whose decides which address is tried first
     * @param seed decides which port is
     */
    protected final long free(PublicPool pool, Flow flow, int protocol, int whose, int seed) {
        AddressKey inside = inside(flow);
        return pool.choose(whose, seed, flow.ports >>> 16, pool.ports(protocol), protocol == Protocols.UDP,
                (address, port) -> bindings.isFree(Endpoints.of(protocol, address, port), inside));
    }

    /** A binding for a client that has none, or {@code null} when no public endpoint is free. */
    protected abstract E choose(Packet packet, Flow flow);

    /** Gives the flow the public source that its client is bound to. */
    protected abstract void translate(Flow flow, E binding);

    /** Why a client that has no binding is refused when the table is full. */
    protected DropReason full() {
        return DropReason.TABLE_FULL;
    }

    @Override
    public DropReason translate(Packet packet, Flow flow) {
        if (!supports(packet)) {
            return DropReason.NAT_UNSUPPORTED;
        }
        Slot<E> slot = bindings.find(inside(flow));
        if (slot == null) {
            if (!bindings.hasRoom()) {
                return full();
            }
            E chosen = choose(packet, flow);
            if (chosen == null) {
                return DropReason.NAT_EXHAUSTED;
            }
            slot = bindings.put(chosen);
        } else {
            bindings.touch(slot);
        }
        translate(flow, slot.entry());
        return null;
    }
}
