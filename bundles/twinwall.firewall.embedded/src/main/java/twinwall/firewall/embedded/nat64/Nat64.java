/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Nat64Binding;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.nat.Bindings;
import twinwall.firewall.embedded.nat.Ledger;
import twinwall.firewall.embedded.nat.NatKind;
import twinwall.firewall.embedded.nat.PortRange;
import twinwall.firewall.embedded.nat.PublicPool;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.EntryTable;

/**
 * Stateful NAT64 (RFC 6146): IPv6 clients inside reach IPv4 servers outside under a prefix, and are reached by IPv4 hosts under the public
 * endpoints they are bound to. Sessions of it are crossed flows; {@link #cross} translates their packets.
 */
public final class Nat64 implements Part {

    private static final String TYPE = "nat64";

    private final FirewallTime time;
    private final PublicPool pool;
    private final Nat64Prefix prefix;
    private final Bindings<Nat64Binding> bindings;
    private final Crossing crossing;
    private final Nat64Answers answers;
    private final NatKind source;
    private final NatKind destination;
    private final Ends ends = new Ends();
    private final Ends quotedEnds = new Ends();

    /** NAT64 as the settings say. */
    public Nat64(Nat64Settings settings, Lock lock, FirewallTime time, Ledger ledger) {
        this.time = time;
        int[] addresses = AddressRange.list(settings.pool());
        pool = new PublicPool("nat64_pool", addresses, PortRange.parse(settings.ports()), time.share());
        prefix = Nat64Prefix.parse(settings.prefix());
        bindings = new Bindings<>(TYPE, lock, time, settings.most(), EntryTable.Ageing.IDLE,
                new Nat64Form(settings.timeoutSeconds()), ledger, this::check);
        crossing = new Crossing(settings.mtu4(), settings.mtu6(), settings.lowestMtu6());
        answers = new Nat64Answers(crossing, prefix, addresses.length == 0 ? 0 : addresses[0]);
        Remotes remotes = settings.filtering() == Filtering.ADDRESS_DEPENDENT ? new Remotes() : null;
        source = new Nat64Source(settings, prefix, pool, bindings, remotes);
        destination = new Nat64Destination(prefix, pool, bindings, remotes);
    }

    private void check(Nat64Binding entry) {
        if (pool.isEmpty()) {
            throw new EntryRefusedException("nat64-not-configured", "This firewall has no NAT64: set nat64_prefix and nat64_pool to the"
                    + " same on both");
        }
        pool.check(entry.vsys(), 0, entry.outside());
        if (entry.protocol() != Protocols.TCP && entry.protocol() != Protocols.UDP && entry.protocol() != Protocols.ICMPV6) {
            throw new EntryRefusedException("unknown-protocol", "NAT64 has no bindings of protocol " + entry.protocol());
        }
    }

    /** From IPv6 to IPv4. */
    public NatKind source() {
        return source;
    }

    /** From IPv4 to a bound IPv6 endpoint. */
    public NatKind destination() {
        return destination;
    }

    /** Table {@code nat64}. */
    public FirewallTable<Nat64Binding> bindings() {
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

    /**
     * Translates a packet of a crossed flow.
     *
     * @param frame where it came in; gets what goes out
     * @return {@code null} when it goes on
     */
    public DropReason cross(Flow flow, int direction, Packet packet, Frame frame) {
        return crossing.packet(packet, start(packet, frame), ends.of(flow, direction), frame);
    }

    /** Translates an ICMP error about a packet of a crossed flow. Routers in IPv6 appear as the flow's public address. */
    public DropReason crossError(Flow flow, int direction, Packet error, Packet quoted, Frame frame) {
        ends.of(flow, direction);
        quotedEnds.quotedBy(flow, direction);
        if (!error.v6) {
            int sender = (int) error.sourceLow;
            ends.sourceHigh = prefix.embeddedHigh(sender);
            ends.sourceLow = prefix.embeddedLow(sender);
        }
        return crossing.error(error, quoted, start(error, frame), ends, quotedEnds, frame);
    }

    /** Answers a packet that {@link #cross} refused; {@code false} when no answer may be sent. */
    public boolean answers(DropReason refused, Packet packet, Frame frame) {
        return answers.answer(refused, packet, frame, time.now());
    }

    /** Whether packets of the flow, rewritten, go to an address of the pool: they are inspected as if they came from outside. */
    public boolean leadsBack(Flow flow, int direction) {
        if (pool.isEmpty()) {
            return false;
        }
        boolean v6 = direction == 0 ? flow.farV6() : flow.v6;
        return !v6 && pool.contains((int) (direction == 0 ? flow.farServerLow() : flow.clientLow));
    }

    private static int start(Packet packet, Frame frame) {
        return packet.bytes == frame.bytes ? frame.offset : 0;
    }
}
