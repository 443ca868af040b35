/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.NatServer;
import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.Contest;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.Slot;

/**
 * Table {@code nat-server}. No two servers have the same public port, and no two without no-reverse the same port inside.
 */
final class NatServerTable extends AddedEntries<String, NatServer> {

    static final String TYPE = "nat-server";

    private static final int LONGEST_NAME = 64;
    private static final int PORTS = 65536;

    private final PublicAddresses addresses;
    private final ServerIndex globals = new ServerIndex(true);
    private final ServerIndex reverse = new ServerIndex(false);

    NatServerTable(PublicAddresses addresses, int most, Lock lock, FirewallTime time) {
        super(TYPE, lock, time, most, new Form());
        this.addresses = addresses;
        addresses.added(this);
    }

    /** Every server by its public side. */
    ServerIndex globals() {
        return globals;
    }

    /** Servers whose own sessions use the public address, by their side inside. */
    ServerIndex reverse() {
        return reverse;
    }

    @Override
    List<Slot<NatServer>> with(Ip4Range outside) {
        return globals.with(outside);
    }

    @Override
    long inside(NatServer server) {
        return server.inside().bits() & 0xffffffffL;
    }

    /**
     * The peer has checked it against its own: what is in the way here is gone there, and its removal comes later or never. What was added
     * here while the peer did not know of it is contested.
     */
    @Override
    protected void check(NatServer entry) {
        requireFormed(entry);
        List<NatServer> there = new ArrayList<>(globals.inTheWay(entry));
        if (!entry.noReverse()) {
            there.addAll(reverse.inTheWay(entry));
        }
        if (there.stream().anyMatch(other -> isOwn(find(other.name())) && keeps(other, entry))) {
            throw Contest.added("NAT server " + entry.name());
        }
        Ip4Range outside = Ip4Range.of(entry.global(), entry.global());
        requireFree(entry, addresses.setting(TYPE, outside));
        if (addresses.makeRoom(this, outside, inside(entry))) {
            contested();
        }
        there.stream().map(other -> find(other.name())).filter(Objects::nonNull).forEach(this::giveUp);
    }

    private static boolean keeps(NatServer here, NatServer other) {
        int hosts = Integer.compareUnsigned(here.inside().bits(), other.inside().bits());
        return (hosts != 0 ? hosts : here.name().compareTo(other.name())) < 0;
    }

    private static void requireFormed(NatServer entry) {
        if (entry.vsys() != 0) {
            throw new EntryRefusedException("unknown-vsys", "virtual system " + entry.vsys() + ": this firewall has only 0");
        }
        String wrong = malformed(entry);
        if (wrong != null) {
            throw new EntryRefusedException("malformed-server", "NAT server " + entry.name() + ": " + wrong);
        }
    }

    private void requireAlone(NatServer entry) {
        for (NatServer other : globals.inTheWay(entry)) {
            throw new EntryRefusedException("overlapping-server", "NAT server " + entry.name() + ": server " + other.name()
                    + " has " + entry.global() + " with the same protocol and port. Remove one of them");
        }
        for (NatServer other : entry.noReverse() ? List.<NatServer>of() : reverse.inTheWay(entry)) {
            throw new EntryRefusedException("two-reverse", "NAT server " + entry.name() + ": the sessions that " + entry.inside()
                    + " begins use the address of server " + other.name() + " already. Set no_reverse for one of them");
        }
    }

    private static void requireFree(NatServer entry, String owner) {
        if (owner != null) {
            throw new EntryRefusedException("address-taken", "NAT server " + entry.name() + ": " + owner + " has " + entry.global()
                    + ". Use an address of its own");
        }
    }

    private static String malformed(NatServer entry) {
        if (entry.name().isBlank() || entry.name().length() > LONGEST_NAME) {
            return "its name must have 1 to " + LONGEST_NAME + " letters";
        }
        if (entry.ports() == 0) {
            return entry.protocol() == 0 && entry.globalPort() == 0 && entry.insidePort() == 0 ? null
                    : "a whole address has neither protocol nor ports";
        }
        if (entry.protocol() != Protocols.TCP && entry.protocol() != Protocols.UDP) {
            return "ports need protocol tcp or udp";
        }
        boolean ports = entry.ports() > 0 && entry.globalPort() > 0 && entry.insidePort() > 0
                && entry.globalPort() + (long) entry.ports() <= PORTS && entry.insidePort() + (long) entry.ports() <= PORTS;
        return ports ? null : "ports must be 1 to 65535";
    }

    @Override
    protected void entered(Slot<NatServer> slot) {
        globals.add(slot);
        if (!slot.entry().noReverse()) {
            reverse.add(slot);
        }
    }

    @Override
    protected void leaving(Slot<NatServer> slot) {
        globals.remove(slot);
        reverse.remove(slot);
    }

    /** Adds it if it goes together with what is there. */
    void add(NatServer entry) {
        requireFormed(entry);
        requireAlone(entry);
        requireFree(entry, addresses.owner(TYPE, Ip4Range.of(entry.global(), entry.global())));
        put(entry);
    }

    /** By name: nobody but people with access to the firewall chooses it. */
    private static final class Form implements EntryForm.Lasting<String, NatServer> {

        @Override
        public String key(NatServer entry) {
            return entry.name();
        }
    }
}
