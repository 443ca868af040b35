/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.NoPatMapping;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryTable;

/**
 * No-PAT (basic NAT, RFC 3022, section 2.1): a private address has a public one for itself, and addresses only are rewritten, so every
 * protocol works. The public address leads back to the private one as long as the mapping lasts, for whom the rules let in.
 */
public final class NoPat implements Part {

    private static final String TYPE = "nat-no-pat";
    private static final int POOL = 0;

    private final PublicPool pool;
    private final InsideSources sources;
    private final int timeoutSeconds;
    private final Bindings<NoPatMapping> mappings;
    private final NatKind source;
    private final NatKind destination;

    /** No-PAT as the settings say. */
    public NoPat(NoPatSettings settings, Lock lock, FirewallTime time, Ledger ledger) {
        pool = new PublicPool("nopat_pool", AddressRange.list(settings.pool(), NoPatSettings.MOST_ADDRESSES), PortRange.ALL, time.share());
        sources = new InsideSources(settings.sources());
        timeoutSeconds = settings.timeoutSeconds();
        mappings = new Bindings<>(TYPE, lock, time, Math.max(1, pool.size()), EntryTable.Ageing.IDLE,
                new NoPatForm(timeoutSeconds), ledger, entry -> pool.check(entry.vsys(), entry.pool(), entry.outside()));
        source = new Source();
        destination = new Destination();
    }

    /** Translates sources. */
    public NatKind source() {
        return source;
    }

    /** Leads public addresses back to private ones. */
    public NatKind destination() {
        return destination;
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of(TYPE, mappings);
    }

    @Override
    public void age() {
        mappings.age();
    }

    private final class Source extends BindingSource<NoPatMapping> {

        Source() {
            super(mappings);
        }

        @Override
        protected AddressKey inside(Flow flow) {
            return Endpoints.address((int) flow.clientLow);
        }

        @Override
        protected AddressKey outside(Flow flow) {
            return Endpoints.address(flow.publicAddress);
        }

        @Override
        public boolean applies(int fromZone, Packet packet, Flow flow) {
            return !pool.isEmpty() && sources.sent(packet, fromZone);
        }

        @Override
        protected boolean supports(Packet packet) {
            return true;
        }

        /** The table has one place for each public address. */
        @Override
        protected DropReason full() {
            return DropReason.NAT_EXHAUSTED;
        }

        @Override
        protected NoPatMapping choose(Packet packet, Flow flow) {
            int client = (int) packet.sourceLow;
            AddressKey inside = Endpoints.address(client);
            long chosen = pool.chooseAddress(client, (address, port) -> mappings.isFree(Endpoints.address(address), inside));
            return chosen == PublicPool.NONE ? null
                    : new NoPatMapping(0, new Ip4(client), new Ip4((int) (chosen >>> 32)), POOL, timeoutSeconds);
        }

        @Override
        protected void translate(Flow flow, NoPatMapping mapping) {
            flow.translate(mapping.outside().bits(), flow.ports >>> 16);
        }

        @Override
        public boolean owns(Flow flow) {
            return !flow.v6 && pool.contains(flow.publicAddress);
        }
    }

    private final class Destination extends BindingDestination<NoPatMapping> {

        Destination() {
            super(mappings, pool);
        }

        @Override
        protected AddressKey inside(Flow flow) {
            return Endpoints.address(flow.realAddress);
        }

        @Override
        protected AddressKey outside(Flow flow) {
            return Endpoints.address((int) flow.serverLow);
        }

        @Override
        protected boolean supports(Packet packet) {
            return true;
        }

        @Override
        protected void redirect(Flow flow, NoPatMapping mapping) {
            flow.redirect(mapping.inside().bits(), flow.ports & 0xffff);
        }
    }
}
