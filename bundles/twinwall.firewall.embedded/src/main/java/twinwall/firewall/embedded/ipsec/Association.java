/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import java.util.Arrays;
import java.util.List;

import twinwall.firewall.AddressPrefix;
import twinwall.firewall.IpsecTunnel;
import twinwall.firewall.IpsecTunnel.Direction;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.packet.Octets;
import twinwall.firewall.embedded.session.FirewallTime;

/** A security association at work: its cipher, numbers and counts. Under the firewall's lock only. */
final class Association {

    /** Its end is not known before the firewall knows the time. */
    private static final long UNKNOWN = -1;

    final EspCipher cipher;
    /** {@code null} inbound. */
    final OutboundNumbers outbound;
    /** {@code null} outbound. */
    final InboundNumbers inbound;
    final List<Prefix> local;
    final List<Prefix> remote;
    /** The state that was reported last. */
    IpsecTunnel entry;
    /** Whether this firewall uses it, and the peer does not. */
    boolean mine;
    /** The stretch of forwarding in which it was used last, see {@link FirewallTime#stretch}. */
    int stretch;
    int sender;
    long packets;
    long octets;
    /** Whether there is something to report. */
    boolean news;
    private long deadline = UNKNOWN;
    private long leftMicros;

    Association(IpsecTunnel entry, IpsecSettings settings) {
        this.entry = entry;
        boolean seals = entry.direction() == Direction.OUTBOUND;
        cipher = new EspCipher(seals, entry.secret(), entry.spi(), entry.extendedNumbers());
        outbound = seals ? new OutboundNumbers(entry.extendedNumbers(), settings.interval(), settings.allowance()) : null;
        inbound = seals ? null : new InboundNumbers(entry.window(), settings.margin(), settings.reach());
        local = prefixes(entry.local());
        remote = prefixes(entry.remote());
        sender = entry.sender();
        packets = entry.packets();
        octets = entry.octets();
        leftMicros = entry.remainingSeconds() * 1_000_000L;
    }

    private static List<Prefix> prefixes(List<AddressPrefix> of) {
        return of.stream().map(Prefix::of).toList();
    }

    /** Begins with what its entry promises: a new one of this firewall with the first promise, one of the peer behind the peer's. */
    void start(FirewallTime time) {
        if (time.started()) {
            leftMicros(time.now());
        }
        if (outbound != null) {
            outbound.heard(entry.number());
        } else {
            inbound.heard(entry.number());
        }
    }

    /** The peer's state of it. */
    void heard(IpsecTunnel theirs, FirewallTime time) {
        if (outbound != null) {
            outbound.heard(theirs.number());
            news = outbound.used() > theirs.number();
        } else {
            inbound.heard(theirs.number());
            news = inbound.accepted() > theirs.number();
        }
        packets = Math.max(packets, theirs.packets());
        octets = Math.max(octets, theirs.octets());
        long left = theirs.remainingSeconds() * 1_000_000L;
        if (time.started()) {
            deadline = time.now() + Math.min(leftMicros(time.now()), left);
        } else {
            leftMicros = left;
        }
        entry = theirs;
    }

    /** Goes on where the peer has stopped, under a sender's number of its own. */
    void takeOver(int newSender, int newStretch) {
        if (outbound != null) {
            outbound.takeOver();
        } else {
            inbound.takeOver();
        }
        sender = newSender;
        stretch = newStretch;
        mine = true;
    }

    /** The initialization vector for a number: the sender's number in the high 16 bits, as RFC 6054 does, then the number. */
    long vector(long number) {
        return (long) sender << 48 | number;
    }

    /** Whether its time or its counts are used up. */
    boolean over(long now) {
        return entry.lifetimeSeconds() > 0 && leftMicros(now) <= 0 || entry.lifetimePackets() > 0 && packets >= entry.lifetimePackets()
                || entry.lifetimeOctets() > 0 && octets >= entry.lifetimeOctets();
    }

    private long leftMicros(long now) {
        if (deadline == UNKNOWN) {
            // What the peer says is left is as old as its last report; clocks of the two may differ.
            deadline = Math.min(now + leftMicros, (entry.createdSeconds() + entry.lifetimeSeconds() + 1) * 1_000_000L);
        }
        return deadline - now;
    }

    /** Its state now, to be reported. */
    IpsecTunnel state(long now) {
        int remaining = entry.lifetimeSeconds() == 0 ? 0 : (int) Math.max(0, (leftMicros(now) + 999_999) / 1_000_000);
        long number = outbound != null ? outbound.promised() : inbound.promised();
        return entry.with(mine ? sender : entry.sender(), number, remaining, packets, octets);
    }

    /** Counts a packet. */
    void count(int innerOctets) {
        packets++;
        octets += innerOctets;
    }

    /** Whether an inner packet belongs to it, given the address of each side. */
    boolean selects(boolean v6, byte[] bytes, int localAt, int remoteAt) {
        return holds(local, v6, bytes, localAt) && holds(remote, v6, bytes, remoteAt);
    }

    /** Whether one of the prefixes holds the address at that place. */
    static boolean holds(List<Prefix> prefixes, boolean v6, byte[] bytes, int at) {
        long high = v6 ? Octets.i64(bytes, at) : 0;
        long low = v6 ? Octets.i64(bytes, at + 8) : Octets.i32(bytes, at) & 0xffffffffL;
        return holds(prefixes, v6, high, low);
    }

    /** Whether one of the prefixes holds the address. */
    static boolean holds(List<Prefix> prefixes, boolean v6, long high, long low) {
        for (Prefix prefix : prefixes) {
            if (prefix.contains(v6, high, low)) {
                return true;
            }
        }
        return false;
    }

    /** Whether another entry is a later state of the same association. */
    boolean is(IpsecTunnel other) {
        return entry.direction() == other.direction() && entry.tunnel().equals(other.tunnel()) && entry.source().equals(other.source())
                && entry.local().equals(other.local()) && entry.remote().equals(other.remote())
                && entry.algorithm().equals(other.algorithm()) && Arrays.equals(entry.secret(), other.secret())
                && entry.extendedNumbers() == other.extendedNumbers() && entry.window() == other.window()
                && entry.createdSeconds() == other.createdSeconds() && entry.lifetimeSeconds() == other.lifetimeSeconds()
                && entry.lifetimePackets() == other.lifetimePackets() && entry.lifetimeOctets() == other.lifetimeOctets();
    }
}
