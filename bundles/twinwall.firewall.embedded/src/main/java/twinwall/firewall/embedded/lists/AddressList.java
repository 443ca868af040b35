/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;
import twinwall.firewall.embedded.table.SlotIndex;
import twinwall.firewall.embedded.table.SlotIndex.Node;

/**
 * A list of addresses that packets are compared with, as they come in. How long an entry holds is a promise, not a guess about traffic: its
 * time passes on a standby too.
 *
 * @param <E> the entry
 */
abstract class AddressList<E extends Record> extends EntryTable<AddressKey, E> {

    private static final int MOST_REASON = 200;
    private static final int TEN_YEARS_SECONDS = 520 * 7 * 24 * 3600;

    private final String name;
    private final ListForm<E> form;
    private final boolean portless;
    private final SlotIndex<Pick, E> sources = new SlotIndex<>();
    private final SlotIndex<Pick, E> destinations = new SlotIndex<>();

    /** {@code portless}: whether entries with a port are about later fragments too, which have none. */
    AddressList(String name, Lock lock, FirewallTime time, int most, ListForm<E> form, boolean portless) {
        super(name, lock, time, most, Ageing.PROMISED, form);
        this.name = name;
        this.form = form;
        this.portless = portless;
    }

    ListForm<E> form() {
        return form;
    }

    /** Whether an entry that holds is about the packet. Called under the lock. */
    final boolean matches(Packet packet) {
        return !sources.isEmpty() && matches(sources.first(sourceHigh(packet), packet.sourceLow), packet.v6, packet.protocol, packet)
                || !destinations.isEmpty() && matches(destinations.first(packet.destinationHigh, packet.destinationLow), packet.v6,
                        packet.protocol, packet);
    }

    /** A packet out of a tunnel (DS-Lite) is looked for by its own IPv4 source: which tunnel it came through does not matter. */
    private static long sourceHigh(Packet packet) {
        return packet.softwire == null ? packet.sourceHigh : 0;
    }

    /** Whether an entry that holds is about an IPv4 packet to that address, which this IPv6 packet becomes. Called under the lock. */
    final boolean matchesDestination(int address, Packet packet) {
        return !destinations.isEmpty() && matches(destinations.first(0, address & 0xffffffffL), false,
                packet.protocol == Protocols.ICMPV6 ? Protocols.ICMP : packet.protocol, packet);
    }

    /** Whether no packet can match. */
    final boolean isEmpty() {
        return sources.isEmpty() && destinations.isEmpty();
    }

    private boolean matches(Node<Pick, E> first, boolean v6, int protocol, Packet packet) {
        for (Node<Pick, E> node = first; node != null; node = node.next()) {
            if (node.about().narrows(v6, protocol, packet, portless) && !over(node.slot())) {
                return true;
            }
        }
        return false;
    }

    /** Puts an entry in or replaces the one that is about the same packets. */
    final void set(E entry) {
        lock().lock();
        try {
            put(entry);
        } catch (IllegalStateException e) {
            throw new IllegalStateException("the " + name + " is full: " + e.getMessage(), e);
        } finally {
            lock().unlock();
        }
    }

    /** Takes out the entry that is about these packets; whether there was one. */
    final boolean takeOut(Pick pick) {
        lock().lock();
        try {
            Slot<E> slot = find(pick.key());
            if (slot != null) {
                remove(slot);
            }
            return slot != null;
        } finally {
            lock().unlock();
        }
    }

    /** A timeout within limits. */
    static Optional<Integer> checked(String reason, OptionalInt timeoutSeconds) {
        int seconds = timeoutSeconds.orElse(1);
        if (seconds < 1 || seconds > TEN_YEARS_SECONDS || reason.length() > MOST_REASON) {
            throw new IllegalArgumentException("timeout must be 1 s to 10 years, the reason at most " + MOST_REASON + " characters");
        }
        return timeoutSeconds.isPresent() ? Optional.of(seconds) : Optional.empty();
    }

    /** Refuses what this firewall does not have. */
    static void onlySystem(int vsys) {
        if (vsys != 0) {
            throw new EntryRefusedException("unknown-vsys", "virtual system " + vsys + ": this firewall has only 0");
        }
    }

    @Override
    protected void entered(Slot<E> slot) {
        Pick pick = form.pick(slot.entry());
        index(pick).add(pick.high(), pick.low(), pick, slot);
    }

    @Override
    protected void leaving(Slot<E> slot) {
        Pick pick = form.pick(slot.entry());
        index(pick).remove(pick.high(), pick.low(), slot);
    }

    private SlotIndex<Pick, E> index(Pick pick) {
        return pick.direction() == Direction.SOURCE ? sources : destinations;
    }
}
