/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import twinwall.firewall.Endpoint4;
import twinwall.firewall.Ip4;
import twinwall.firewall.embedded.nat.Endpoints;
import twinwall.firewall.embedded.nat.Ledger;
import twinwall.firewall.embedded.nat.PortRange;
import twinwall.firewall.embedded.nat.PublicPool;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.FlowTable;
import twinwall.firewall.embedded.table.AddressKey;

/** Chooses the public endpoint of a new PCP mapping (RFC 6887, sections 11.3 and 12.3). */
final class PcpPorts {

    private final PublicPool pool;
    private final PcpTable table;
    private final Ledger ledger;
    private final FlowTable flows;

    PcpPorts(PublicPool pool, PcpTable table, Ledger ledger, FlowTable flows) {
        this.pool = pool;
        this.table = table;
        this.ledger = ledger;
        this.flows = flows;
    }

    /** Whether the request suggests this endpoint, or nothing that it contradicts. */
    static boolean isSuggested(PcpRequest request, Endpoint4 outside) {
        return (request.suggestedPort() == 0 || request.suggestedPort() == outside.port())
                && (request.suggestedAddress() == 0 || request.suggestedAddress() == outside.address().bits());
    }

    /**
     * The endpoint that the host's other mappings have, else the suggested one, else another.
     *
     * @throws PcpRefusedException when none is free, or not the one that it must be
     */
    Endpoint4 choose(PcpRequest request) throws PcpRefusedException {
        if (pool.isEmpty()) {
            throw new PcpRefusedException(PcpResult.NETWORK_FAILURE);
        }
        boolean peer = request.opcode() == PcpFormat.PEER;
        Endpoint4 outside = inUse(request, peer);
        if (outside == null) {
            outside = free(request);
        }
        boolean strict = request.options().preferFailure || peer;
        if (strict && (outside == null || !isSuggested(request, outside))) {
            throw new PcpRefusedException(PcpResult.CANNOT_PROVIDE_EXTERNAL);
        }
        if (outside == null) {
            throw new PcpRefusedException(PcpResult.NO_RESOURCES);
        }
        return outside;
    }

    /** The public endpoint that the inside one has already, by another mapping or by the session that PEER is about. */
    private Endpoint4 inUse(PcpRequest request, boolean peer) throws PcpRefusedException {
        PcpBinding binding = table.ofInside(Endpoints.of(request.protocol(), request.inside(), request.insidePort()));
        if (binding != null) {
            var other = binding.mappings.get(0).entry();
            return new Endpoint4(other.outside(), other.outsidePort());
        }
        Flow session = !peer ? null : flows.find(false, request.protocol(), 0, request.inside() & 0xffffffffL, 0,
                request.remoteAddress() & 0xffffffffL, request.insidePort() << 16 | request.remotePort());
        if (session == null || flows.direction() != 0 || !session.isTranslated()) {
            // Of a session that the remote peer began, the public endpoint is the remote peer's.
            return null;
        }
        if (!pool.contains(session.publicAddress)) {
            // It has a public endpoint of another kind of translation, which PCP does not control.
            throw new PcpRefusedException(PcpResult.CANNOT_PROVIDE_EXTERNAL);
        }
        AddressKey outside = Endpoints.of(request.protocol(), session.publicAddress, session.publicPort);
        if (!ledger.isFree(outside, Endpoints.of(request.protocol(), request.inside(), request.insidePort()))) {
            throw new PcpRefusedException(PcpResult.CANNOT_PROVIDE_EXTERNAL);
        }
        return new Endpoint4(new Ip4(session.publicAddress), session.publicPort);
    }

    /** What is suggested is a hint (RFC 6887, section 11.3), unless the host would rather have nothing else. */
    private Endpoint4 free(PcpRequest request) {
        AddressKey inside = Endpoints.of(request.protocol(), request.inside(), request.insidePort());
        PublicPool.Free free = (address, port) -> ledger.isFree(Endpoints.of(request.protocol(), address, port), inside);
        PortRange range = pool.ports(request.protocol());
        int own = request.suggestedPort() != 0 ? request.suggestedPort() : request.insidePort();
        if (request.options().preferFailure && request.suggestedPort() != 0) {
            if (!range.contains(own)) {
                return null;
            }
            range = new PortRange(own, own);
        }
        int seed = request.inside() * 31 + request.insidePort();
        int suggested = request.suggestedAddress();
        int port = suggested != 0 && pool.contains(suggested) ? PublicPool.portOf(suggested, seed, own, range, false, free) : -1;
        if (port >= 0) {
            return new Endpoint4(new Ip4(suggested), port);
        }
        long chosen = pool.choose(request.inside(), seed, own, range, false, free);
        return chosen == PublicPool.NONE ? null : new Endpoint4(new Ip4((int) (chosen >>> 32)), (char) chosen);
    }
}
