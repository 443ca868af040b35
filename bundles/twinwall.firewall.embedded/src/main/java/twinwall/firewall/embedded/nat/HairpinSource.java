/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.FlowTable;
import twinwall.firewall.embedded.session.OwnShare;

/**
 * A client inside reaches a server or another client inside by a public address (hairpinning, RFC 4787, REQ-9). Its source becomes a public
 * one too, so that answers come back through the firewall: the one that another kind gives it, or else, by this kind, a port of the address
 * that it talks to. Asked last of all sources. A host that has a whole public address (No-PAT) shares it with nobody, so its clients inside
 * keep their own source.
 */
final class HairpinSource implements NatKind {

    private final List<NatKind> destinations;
    private final Ledger ledger;
    private final OwnShare share;
    private final PortPicker picker;

    /** For what these kinds redirect, with ports that nobody has in the ledger. */
    HairpinSource(List<NatKind> destinations, Ledger ledger, FlowTable flows, OwnShare share) {
        this.destinations = destinations;
        this.ledger = ledger;
        this.share = share;
        picker = new PortPicker(flows) {

            @Override
            boolean isFree(Flow flow, int address, int port) {
                return super.isFree(flow, address, port)
                        && ledger.isFree(Endpoints.of(flow.protocolNumber(), address, port), Endpoints.client(flow));
            }
        };
    }

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        return fromZone == Zone.INSIDE && flow.isRedirected() && !packet.v6 && serves(flow);
    }

    @Override
    public DropReason translate(Packet packet, Flow flow) {
        int address = (int) flow.serverLow;
        int port = Napt.supports(packet.protocol) ? ServerSource.pick(picker, flow, address, share) : flow.ports >>> 16;
        if (port == PortPicker.NONE) {
            return DropReason.NAPT_EXHAUSTED;
        }
        flow.translate(address, port);
        return null;
    }

    @Override
    public boolean owns(Flow flow) {
        return !flow.v6 && flow.isRedirected() && flow.publicAddress == (int) flow.serverLow && serves(flow);
    }

    private boolean serves(Flow flow) {
        for (NatKind destination : destinations) {
            if (destination.owns(flow)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean onlySessionTells(Flow flow) {
        return ledger.isHeldBySessionsOnly(Endpoints.translated(flow));
    }

    @Override
    public boolean makeRoom(Flow flow) {
        return ledger.makeRoom(Endpoints.translated(flow), Endpoints.client(flow), flow.softwire, null);
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
