/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.dslite.DsLite;
import twinwall.firewall.embedded.nat64.Nat64;
import twinwall.firewall.embedded.pcp.Pcp;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Sessions;

/** Every kind of address translation as the settings say, and the order in which they are asked. */
public final class NatParts {

    private final List<Part> parts;
    private final NatPolicy policy;
    private final Pcp pcp;
    private final Nat64 nat64;
    private final DsLite dsLite;

    /**
     * Translates the sessions of that table.
     *
     * @param exemption says which sources are not translated at all; asked first of all sources
     * @param balancing asked last of all destinations
     * @param addresses who has which public address
     */
    public NatParts(FirewallSettings settings, Sessions sessions, NatKind exemption, NatKind balancing,
            PublicAddresses addresses, Lock lock, FirewallTime time) {
        DestinationSettings destinations = settings.destinations();
        Ledger ledger = new Ledger(sessions::isOwn, sessions::giveUp);
        NatServers servers = new NatServers(destinations.maxServers(), addresses, sessions.table(), lock, time);
        pcp = new Pcp(settings.pcp(), lock, time, ledger, sessions.table());
        ThreeTuple threeTuple = new ThreeTuple(settings.threeTuple(), lock, time, ledger);
        NoPat noPat = new NoPat(settings.noPat(), lock, time, ledger);
        DestinationNat destination = new DestinationNat(destinations, addresses, lock, time);
        StaticMappings mappings = new StaticMappings(destinations.maxStaticMappings(), addresses, new PortPicker(sessions.table()),
                sessions::roomForMapping, lock, time);
        nat64 = new Nat64(settings.nat64(), lock, time, ledger);
        dsLite = new DsLite(settings.dsLite(), lock, time, ledger);
        NaptPart napt = new NaptPart(settings, sessions, lock, time);
        parts = List.of(servers, pcp, threeTuple, noPat, destination, mappings, napt, nat64, dsLite);
        policy = new NatPolicy(
                List.of(servers, dsLite.serverDestination(), dsLite.destination(), nat64.destination(), pcp.destination(),
                        threeTuple.destination(), noPat.destination(), destination, balancing),
                List.of(exemption, servers.reverse(), pcp.source(), dsLite.serverSource(), dsLite.source(), nat64.source(),
                        noPat.source(), threeTuple.source(), mappings, napt.kind(),
                        new HairpinSource(List.of(servers, balancing, pcp.destination(), threeTuple.destination()), ledger,
                                sessions.table(), time.share())));
    }

    /** The parts, each with its tables. */
    public List<Part> parts() {
        return parts;
    }

    /** The PCP server, whose requests are not forwarded. */
    public Pcp pcp() {
        return pcp;
    }

    /** What crosses between IPv6 and IPv4. */
    public Nat64 nat64() {
        return nat64;
    }

    /** What comes through tunnels, and goes into them. */
    public DsLite dsLite() {
        return dsLite;
    }

    /** What sessions are translated by. */
    public NatPolicy policy() {
        return policy;
    }
}
