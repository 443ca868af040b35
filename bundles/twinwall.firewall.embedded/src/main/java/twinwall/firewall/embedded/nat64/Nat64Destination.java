/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import twinwall.firewall.Ip6;
import twinwall.firewall.Nat64Binding;
import twinwall.firewall.embedded.nat.BindingDestination;
import twinwall.firewall.embedded.nat.Bindings;
import twinwall.firewall.embedded.nat.Endpoints;
import twinwall.firewall.embedded.nat.PublicPool;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.Flow;

/** Sessions from IPv4 to a bound public endpoint (RFC 6146, sections 3.5.1.2 and 3.5.2.2), TCP and UDP. */
final class Nat64Destination extends BindingDestination<Nat64Binding> {

    private final Nat64Prefix prefix;
    private final Remotes remotes;

    /** {@code remotes} is {@code null} when every host is let in. */
    Nat64Destination(Nat64Prefix prefix, PublicPool pool, Bindings<Nat64Binding> bindings, Remotes remotes) {
        super(bindings, pool);
        this.prefix = prefix;
        this.remotes = remotes;
    }

    /** What comes from inside goes out first and comes back as if from outside: see {@link Nat64#leadsBack}. */
    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        return fromZone == Zone.OUTSIDE && super.applies(fromZone, packet, flow) && prefix.mayRepresent((int) packet.sourceLow);
    }

    @Override
    protected boolean supports(Packet packet) {
        return packet.protocol == Protocols.TCP || packet.protocol == Protocols.UDP;
    }

    @Override
    protected boolean admits(Nat64Binding binding, Packet packet) {
        return remotes == null || remotes.contain(Endpoints.of(binding.protocol(), binding.outside().bits(), binding.outsidePort()),
                packet.sourceLow);
    }

    @Override
    public boolean opens() {
        return true;
    }

    @Override
    protected void redirect(Flow flow, Nat64Binding binding) {
        int client = (int) flow.clientLow;
        flow.crossTo(new Ip6(prefix.embeddedHigh(client), prefix.embeddedLow(client)), binding.inside(), binding.insidePort());
    }

    @Override
    public void began(Flow flow) {
        super.began(flow);
        if (remotes != null) {
            remotes.began(outside(flow), flow);
        }
    }

    @Override
    public void ended(Flow flow) {
        super.ended(flow);
        if (remotes != null) {
            remotes.ended(outside(flow), flow);
        }
    }
}
