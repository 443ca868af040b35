/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import twinwall.firewall.Ip4;
import twinwall.firewall.Ip6;
import twinwall.firewall.Nat64Binding;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.nat.BindingSource;
import twinwall.firewall.embedded.nat.Bindings;
import twinwall.firewall.embedded.nat.PublicPool;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.Flow;

/** Sessions from IPv6 to an IPv4 address under the prefix (RFC 6146, section 3.5). */
final class Nat64Source extends BindingSource<Nat64Binding> {

    private final Nat64Settings settings;
    private final Nat64Prefix prefix;
    private final PublicPool pool;
    private final Remotes remotes;

    Nat64Source(Nat64Settings settings, Nat64Prefix prefix, PublicPool pool, Bindings<Nat64Binding> bindings, Remotes remotes) {
        super(bindings);
        this.settings = settings;
        this.prefix = prefix;
        this.pool = pool;
        this.remotes = remotes;
    }

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        return packet.v6 && !pool.isEmpty() && fromZone == Zone.INSIDE && prefix.contains(packet.destinationHigh, packet.destinationLow);
    }

    /** A client under the prefix is nobody's: its packets would go round (RFC 6146, section 3.5). */
    @Override
    public DropReason translate(Packet packet, Flow flow) {
        if (prefix.contains(packet.sourceHigh, packet.sourceLow)
                || !prefix.translatable(packet.destinationHigh, packet.destinationLow)) {
            return DropReason.NAT64_ADDRESS;
        }
        return super.translate(packet, flow);
    }

    /** An IPv6 address keeps one public address, a UDP port its parity (RFC 6146, section 3.5.1.1). */
    @Override
    protected Nat64Binding choose(Packet packet, Flow flow) {
        int own = packet.sourcePort();
        int client = (int) (packet.sourceHigh >>> 32 ^ packet.sourceHigh ^ packet.sourceLow >>> 32 ^ packet.sourceLow);
        long chosen = free(pool, flow, Nat64Form.protocol4(packet.protocol), client, client * 31 + own);
        return chosen == PublicPool.NONE ? null : new Nat64Binding(0, packet.protocol, new Ip6(packet.sourceHigh, packet.sourceLow), own,
                new Ip4((int) (chosen >>> 32)), (char) chosen, settings.timeoutSeconds());
    }

    @Override
    protected void translate(Flow flow, Nat64Binding binding) {
        flow.translate(binding.outside().bits(), binding.outsidePort());
        flow.redirect(prefix.extract(flow.serverHigh, flow.serverLow), flow.ports & 0xffff);
        flow.cross();
    }

    @Override
    public boolean owns(Flow flow) {
        return flow.v6 && flow.isCrossed() && pool.contains(flow.publicAddress);
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
