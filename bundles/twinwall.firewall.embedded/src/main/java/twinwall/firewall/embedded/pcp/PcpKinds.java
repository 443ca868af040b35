/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import twinwall.firewall.PcpMapping;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.nat.Endpoints;
import twinwall.firewall.embedded.nat.Ledger;
import twinwall.firewall.embedded.nat.NatKind;
import twinwall.firewall.embedded.nat.PublicPool;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.Flow;

/**
 * What PCP mappings do to packets: sessions of a mapped endpoint get its public one, and who sends to that is let in. A session that began
 * so goes on when the mapping's time is over, and keeps the public endpoint taken.
 */
final class PcpKinds {

    private final PcpTable table;
    private final PublicPool pool;
    private final Ledger ledger;

    PcpKinds(PcpTable table, PublicPool pool, Ledger ledger) {
        this.table = table;
        this.pool = pool;
        this.ledger = ledger;
    }

    NatKind source() {
        return new Source();
    }

    NatKind destination() {
        return new Destination();
    }

    private boolean concerns(Packet packet) {
        return !pool.isEmpty() && !packet.v6 && packet.softwire == null
                && (packet.protocol == Protocols.TCP || packet.protocol == Protocols.UDP);
    }

    /** Translates sources. */
    private final class Source implements NatKind {

        private PcpMapping mapping(Flow flow) {
            PcpBinding binding = table.ofInside(Endpoints.client(flow));
            return binding == null ? null : table.use(binding, (int) flow.farServerLow(), flow.farServerPort(), false);
        }

        @Override
        public boolean applies(int fromZone, Packet packet, Flow flow) {
            return concerns(packet) && fromZone == Zone.INSIDE && mapping(flow) != null;
        }

        @Override
        public DropReason translate(Packet packet, Flow flow) {
            PcpMapping mapping = mapping(flow);
            flow.translate(mapping.outside().bits(), mapping.outsidePort());
            return null;
        }

        @Override
        public boolean owns(Flow flow) {
            return !flow.v6 && pool.contains(flow.publicAddress);
        }

        @Override
        public boolean onlySessionTells(Flow flow) {
            return ledger.isHeldBySessionsOnly(Endpoints.translated(flow));
        }

        @Override
        public boolean makeRoom(Flow flow) {
            return ledger.makeRoom(Endpoints.translated(flow), Endpoints.client(flow), null, null);
        }

        @Override
        public void began(Flow flow) {
            ledger.began(Endpoints.translated(flow), Endpoints.client(flow), flow);
        }

        @Override
        public void ended(Flow flow) {
            ledger.ended(Endpoints.translated(flow), flow);
        }
    }

    /** Lets remote peers in. */
    private final class Destination implements NatKind {

        private PcpMapping mapping(Flow flow) {
            PcpBinding binding = table.ofOutside(Endpoints.dialled(flow));
            return binding == null ? null : table.use(binding, (int) flow.clientLow, flow.ports >>> 16, true);
        }

        @Override
        public boolean applies(int fromZone, Packet packet, Flow flow) {
            return concerns(packet) && pool.contains((int) packet.destinationLow) && mapping(flow) != null;
        }

        @Override
        public DropReason translate(Packet packet, Flow flow) {
            PcpMapping mapping = mapping(flow);
            flow.redirect(mapping.inside().bits(), mapping.insidePort());
            return null;
        }

        @Override
        public boolean opens() {
            return true;
        }

        @Override
        public boolean owns(Flow flow) {
            return !flow.v6 && pool.contains((int) flow.serverLow);
        }

        @Override
        public boolean onlySessionTells(Flow flow) {
            return ledger.isHeldBySessionsOnly(Endpoints.dialled(flow));
        }

        @Override
        public boolean makeRoom(Flow flow) {
            return ledger.makeRoom(Endpoints.dialled(flow), Endpoints.real(flow), null, null);
        }

        @Override
        public void began(Flow flow) {
            ledger.began(Endpoints.dialled(flow), Endpoints.real(flow), flow);
        }

        @Override
        public void ended(Flow flow) {
            ledger.ended(Endpoints.dialled(flow), flow);
        }
    }
}
