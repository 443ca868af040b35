/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.ThreeTupleBinding;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.EntryTable;

/**
 * 3-tuple NAT, also called full cone: an inside endpoint has one public endpoint whoever it talks to, and whoever sends to that reaches it
 * (RFC 4787 and RFC 5382: endpoint-independent mapping and filtering; ICMP queries by RFC 5508 outwards only).
 */
public final class ThreeTuple implements Part {

    private static final String TYPE = "nat-3-tuple";
    private static final int POOL = 0;

    private final PublicPool pool;
    private final InsideSources sources;
    private final int timeoutSeconds;
    private final Bindings<ThreeTupleBinding> bindings;
    private final NatKind source;
    private final NatKind destination;

    /** 3-tuple NAT as the settings say. */
    public ThreeTuple(ThreeTupleSettings settings, Lock lock, FirewallTime time, Ledger ledger) {
        pool = new PublicPool("threetuple_pool", AddressRange.list(settings.pool()), PortRange.parse(settings.ports()), time.share());
        sources = new InsideSources(settings.sources());
        timeoutSeconds = settings.timeoutSeconds();
        bindings = new Bindings<>(TYPE, lock, time, settings.most(), EntryTable.Ageing.IDLE,
                new ThreeTupleForm(timeoutSeconds), ledger, entry -> pool.check(entry.vsys(), entry.pool(), entry.outside()));
        source = new Source();
        destination = new Destination();
    }

    /** Translates sources. */
    public NatKind source() {
        return source;
    }

    /** Lets outside hosts in. */
    public NatKind destination() {
        return destination;
    }

    /** Table {@code nat-3-tuple}. */
    public FirewallTable<ThreeTupleBinding> bindings() {
        return bindings;
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of(TYPE, bindings);
    }

    @Override
    public void tellEarly() {
        bindings.tellEarly();
    }

    @Override
    public void age() {
        bindings.age();
    }

    private final class Source extends BindingSource<ThreeTupleBinding> {

        Source() {
            super(ThreeTuple.this.bindings);
        }

        @Override
        public boolean applies(int fromZone, Packet packet, Flow flow) {
            return !pool.isEmpty() && sources.sent(packet, fromZone);
        }

        @Override
        protected ThreeTupleBinding choose(Packet packet, Flow flow) {
            int client = (int) packet.sourceLow;
            int protocol = packet.protocol;
            int own = packet.sourcePort();
            long chosen = free(pool, flow, protocol, client, client * 31 + own);
            return chosen == PublicPool.NONE ? null : new ThreeTupleBinding(0, protocol, new Ip4(client), own,
                    new Ip4((int) (chosen >>> 32)), (char) chosen, POOL, timeoutSeconds);
        }

        @Override
        protected void translate(Flow flow, ThreeTupleBinding binding) {
            flow.translate(binding.outside().bits(), binding.outsidePort());
        }

        @Override
        public boolean owns(Flow flow) {
            return !flow.v6 && pool.contains(flow.publicAddress) && sources.contain(flow.clientLow);
        }
    }

    private final class Destination extends BindingDestination<ThreeTupleBinding> {

        Destination() {
            super(ThreeTuple.this.bindings, pool);
        }

        @Override
        protected boolean supports(Packet packet) {
            return packet.protocol == Protocols.TCP || packet.protocol == Protocols.UDP;
        }

        @Override
        protected void redirect(Flow flow, ThreeTupleBinding binding) {
            flow.redirect(binding.inside().bits(), binding.insidePort());
        }

        @Override
        public boolean opens() {
            return true;
        }
    }
}
