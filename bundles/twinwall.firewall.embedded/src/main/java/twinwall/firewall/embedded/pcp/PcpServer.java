/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import twinwall.firewall.Endpoint4;
import twinwall.firewall.Ip4;
import twinwall.firewall.PcpFilter;
import twinwall.firewall.PcpMapping;
import twinwall.firewall.PcpMapping.Opcode;
import twinwall.firewall.embedded.nat.InsideSources;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.Slot;

/** Answers PCP requests (RFC 6887, sections 11 to 15). A refused request leaves nothing behind. */
final class PcpServer {

    /** Filters of one mapping. */
    static final int MOST_FILTERS = 16;

    private static final int POOL = 0;
    private static final long SECOND = 1_000_000;

    private final PcpSettings settings;
    private final PcpTable table;
    private final PcpPorts ports;
    private final PcpEpoch epoch;
    private final InsideSources sources;
    private final FirewallTime time;

    PcpServer(PcpSettings settings, PcpTable table, PcpPorts ports, PcpEpoch epoch, FirewallTime time) {
        this.settings = settings;
        this.table = table;
        this.ports = ports;
        this.epoch = epoch;
        this.sources = new InsideSources(settings.sources());
        this.time = time;
    }

    /**
     * Answers one message.
     *
     * @param message UDP payload
     * @param source IPv4 address that it came from
     * @return the response, or {@code null} when there must be none
     */
    byte[] answer(byte[] message, int source) {
        if (PcpRequest.isNoRequest(message)) {
            return null;
        }
        PcpRequest request;
        try {
            request = PcpRequest.read(message, source, settings.thirdParty());
        } catch (PcpRefusedException e) {
            return PcpAnswer.error(message, e.result(), e.lifetimeSeconds(), epoch.seconds(), false);
        }
        try {
            return request.opcode() == PcpFormat.ANNOUNCE ? PcpAnswer.success(message, request, 0, epoch.seconds())
                    : mapping(message, request);
        } catch (PcpRefusedException e) {
            return PcpAnswer.error(message, e.result(), e.lifetimeSeconds(), epoch.seconds(), true);
        }
    }

    private byte[] mapping(byte[] message, PcpRequest request) throws PcpRefusedException {
        validate(request);
        Optional<Endpoint4> remote = request.opcode() == PcpFormat.MAP ? Optional.empty()
                : Optional.of(new Endpoint4(new Ip4(request.remoteAddress()), request.remotePort()));
        Opcode opcode = remote.isPresent() ? Opcode.PEER : Opcode.MAP;
        Ip4 inside = new Ip4(request.inside());
        Slot<PcpMapping> slot = table.find(PcpForm.key(opcode, request.protocol(), inside, request.insidePort(), remote));
        PcpMapping there = slot == null ? null : table.current(slot);
        if (there != null && !there.nonce().equals(request.nonce())) {
            throw new PcpRefusedException(PcpResult.NOT_AUTHORIZED, there.remainingSeconds());
        }
        if (request.lifetimeSeconds() == 0) {
            return released(message, request, slot, there);
        }
        List<PcpFilter> filters = filters(request, there);
        Endpoint4 outside = there == null ? granted(request) : kept(request, there);
        PcpMapping given = given(request, opcode, remote, outside, filters, lifetime(request, there));
        table.put(given);
        return PcpAnswer.success(message, request, given, given.lifetimeSeconds(), epoch.seconds());
    }

    private void validate(PcpRequest request) throws PcpRefusedException {
        boolean peer = request.opcode() == PcpFormat.PEER;
        boolean thirdIsSelf = request.options().thirdParty != null && request.inside() == request.client();
        boolean halfAPeer = peer && (request.protocol() == 0 || request.insidePort() == 0 || request.remotePort() == 0
                || request.remoteAddress() == 0);
        if (request.protocol() == 0 && request.insidePort() != 0 || thirdIsSelf || halfAPeer) {
            throw new PcpRefusedException(PcpResult.MALFORMED_REQUEST);
        }
        if (!sources.contain(request.client() & 0xffffffffL) || !sources.contain(request.inside() & 0xffffffffL)) {
            throw new PcpRefusedException(PcpResult.NOT_AUTHORIZED);
        }
        // All ports of a host, or all its protocols, would take a whole public address. To remove what there cannot be succeeds.
        boolean single = (request.protocol() == Protocols.TCP || request.protocol() == Protocols.UDP) && request.insidePort() != 0;
        if (!single && request.lifetimeSeconds() > 0) {
            throw new PcpRefusedException(PcpResult.UNSUPP_PROTOCOL);
        }
        if (request.options().preferFailure && request.suggestedPort() == 0 && request.suggestedAddress() == 0) {
            throw new PcpRefusedException(PcpResult.MALFORMED_OPTION);
        }
    }

    /** Lifetime 0 ends a MAP mapping; one of PEER is left alone (RFC 6887, section 15). */
    private byte[] released(byte[] message, PcpRequest request, Slot<PcpMapping> slot, PcpMapping there) {
        if (there == null) {
            return PcpAnswer.success(message, request, 0, epoch.seconds());
        }
        if (there.opcode() == Opcode.PEER) {
            return PcpAnswer.success(message, request, there, there.remainingSeconds(), epoch.seconds());
        }
        table.remove(slot);
        return PcpAnswer.success(message, request, there, 0, epoch.seconds());
    }

    private Endpoint4 granted(PcpRequest request) throws PcpRefusedException {
        if (table.count(request.inside()) >= settings.quota()) {
            throw new PcpRefusedException(PcpResult.USER_EX_QUOTA);
        }
        if (!table.hasRoom()) {
            throw new PcpRefusedException(PcpResult.NO_RESOURCES);
        }
        return ports.choose(request);
    }

    private static Endpoint4 kept(PcpRequest request, PcpMapping there) throws PcpRefusedException {
        Endpoint4 outside = new Endpoint4(there.outside(), there.outsidePort());
        if (request.options().preferFailure && !PcpPorts.isSuggested(request, outside)) {
            throw new PcpRefusedException(PcpResult.CANNOT_PROVIDE_EXTERNAL, there.remainingSeconds());
        }
        return outside;
    }

    private static List<PcpFilter> filters(PcpRequest request, PcpMapping there) throws PcpRefusedException {
        PcpOptions options = request.options();
        if (options.filters.isEmpty() && !options.clearsFilters) {
            return there == null ? List.of() : there.filters();
        }
        List<PcpFilter> all = new ArrayList<>(there == null || options.clearsFilters ? List.of() : there.filters());
        options.filters.stream().filter(filter -> !all.contains(filter)).forEach(all::add);
        if (all.size() > MOST_FILTERS) {
            throw new PcpRefusedException(PcpResult.EXCESSIVE_REMOTE_PEERS);
        }
        return List.copyOf(all);
    }

    /** Within the limits; PEER does not shorten what there is (RFC 6887, section 12.3). */
    private int lifetime(PcpRequest request, PcpMapping there) {
        int lifetime = (int) Math.max(settings.minLifetimeSeconds(), Math.min(settings.maxLifetimeSeconds(), request.lifetimeSeconds()));
        return there != null && there.opcode() == Opcode.PEER ? Math.max(lifetime, there.remainingSeconds()) : lifetime;
    }

    private PcpMapping given(PcpRequest request, Opcode opcode, Optional<Endpoint4> remote, Endpoint4 outside, List<PcpFilter> filters,
            int lifetime) {
        return new PcpMapping(0, opcode, request.protocol(), new Ip4(request.inside()), request.insidePort(), remote,
                new Ip4(request.client()), outside.address(), outside.port(), POOL, request.nonce(), lifetime,
                time.now() / SECOND + lifetime & 0xffffffffL, filters, epoch.seconds(), lifetime);
    }
}
