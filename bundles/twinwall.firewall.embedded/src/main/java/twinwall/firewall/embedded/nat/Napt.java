/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.function.BooleanSupplier;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.Flow;

/**
 * Gives clients inside public addresses and ports: an {@link AddressChoice} says which addresses a client may use, a {@link PortChoice}
 * which of their ports. A port is kept as it is when it is free and allowed. The same client, port and destination get the same public
 * port on both firewalls when it is free.
 */
final class Napt implements NatKind {

    /** Ports tried on all addresses: a bound on what one packet may cost when the pool is nearly used up. */
    private static final int MOST_TRIES = 32_768;

    private final AddressPool pool;
    private final InsideSources sources;
    private final AddressChoice addresses;
    private final PortChoice ports;
    private final BooleanSupplier room;

    /**
     * NAPT for these sources.
     *
     * @param room whether another mapping may be made
     */
    Napt(AddressPool pool, InsideSources sources, AddressChoice addresses, PortChoice ports, BooleanSupplier room) {
        this.pool = pool;
        this.sources = sources;
        this.addresses = addresses;
        this.ports = ports;
        this.room = room;
    }

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        return pool.size() > 0 && sources.sent(packet, fromZone);
    }

    @Override
    public DropReason translate(Packet packet, Flow flow) {
        if (!supports(packet.protocol)) {
            return DropReason.NAPT_UNSUPPORTED;
        }
        if (!room.getAsBoolean()) {
            return DropReason.TABLE_FULL;
        }
        int client = (int) flow.clientLow;
        int offset = addresses.next(client, 0);
        if (offset == AddressChoice.NONE) {
            return addresses.refusal(client);
        }
        int most = MOST_TRIES / Math.max(1, ports.tries());
        for (int i = 0; i < most && offset != AddressChoice.NONE; i++, offset = addresses.next(client, offset + 1)) {
            int address = pool.at(pool.numberAt(client, offset));
            int port = ports.port(flow, address);
            if (port != PortPicker.NONE) {
                flow.translate(address, port);
                flow.useMapping(Flow.NAPT_POOL);
                addresses.chosen(flow);
                return null;
            }
        }
        return DropReason.NAPT_EXHAUSTED;
    }

    /** Whether the protocol has what can be translated: ports, or an echo identifier. */
    static boolean supports(int protocol) {
        return protocol == Protocols.TCP || protocol == Protocols.UDP || protocol == Protocols.ICMP;
    }

    @Override
    public boolean onlySessionTells(Flow flow) {
        return onlySessionSays(flow);
    }

    /** A mapping does not say where its session is redirected to, and it is towards that place that the port is taken. */
    static boolean onlySessionSays(Flow flow) {
        return !flow.isMapping() || flow.isRedirected();
    }

    @Override
    public boolean owns(Flow flow) {
        return pool.number(flow.publicAddress) >= 0;
    }

    @Override
    public boolean holds(Flow flow) {
        return flow.isMapping() && addresses.holds(flow);
    }

    @Override
    public boolean lost(Flow flow) {
        return addresses.lost(flow);
    }

    @Override
    public void began(Flow flow) {
        addresses.began(flow);
    }

    @Override
    public void ended(Flow flow) {
        addresses.ended(flow);
    }
}
