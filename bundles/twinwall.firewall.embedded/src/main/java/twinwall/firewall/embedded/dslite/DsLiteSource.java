/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import twinwall.firewall.DsLiteBinding;
import twinwall.firewall.Ip4;
import twinwall.firewall.embedded.nat.BindingSource;
import twinwall.firewall.embedded.nat.PublicPool;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.Flow;

/** Sessions of clients behind tunnels. A subscriber keeps one public address for all its clients as long as that has a free port. */
final class DsLiteSource extends BindingSource<DsLiteBinding> {

    private final PublicPool pool;
    private final int timeoutSeconds;
    private final DsLiteBindings subscribers;
    private final DsLiteServers servers;

    DsLiteSource(PublicPool pool, int timeoutSeconds, DsLiteBindings bindings, DsLiteServers servers) {
        super(bindings);
        this.pool = pool;
        this.timeoutSeconds = timeoutSeconds;
        this.subscribers = bindings;
        this.servers = servers;
    }

    /** What comes through a tunnel does not leave untranslated. */
    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        return packet.softwire != null;
    }

    @Override
    protected DsLiteBinding choose(Packet packet, Flow flow) {
        if (!subscribers.hasRoomFor(packet.softwire)) {
            return null;
        }
        int protocol = packet.protocol;
        int own = packet.sourcePort();
        int subscriber = packet.softwire.hashCode();
        long chosen = free(pool, flow, protocol, subscriber, (subscriber + (int) packet.sourceLow) * 31 + own);
        return chosen == PublicPool.NONE ? null : new DsLiteBinding(0, packet.softwire, protocol, new Ip4((int) packet.sourceLow), own,
                new Ip4((int) (chosen >>> 32)), (char) chosen, timeoutSeconds);
    }

    @Override
    protected void translate(Flow flow, DsLiteBinding binding) {
        flow.translate(binding.outside().bits(), binding.outsidePort());
    }

    @Override
    public boolean owns(Flow flow) {
        return flow.softwire != null && pool.contains(flow.publicAddress);
    }

    /** A session of the peer does not tell which of the two tables its public endpoint is from. */
    @Override
    public boolean holds(Flow flow) {
        return super.holds(flow) || servers.findOutside(outside(flow)) != null;
    }
}
