/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.session.Contest;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/**
 * A table of what people add, each entry with public addresses that no other kind of translation may have. Used under the firewall's lock
 * only.
 *
 * @param <K> what identifies an entry
 * @param <E> the entry
 */
abstract class AddedEntries<K, E extends Record> extends EntryTable<K, E> {

    private final String type;

    /** An empty table; parameters as of {@link EntryTable}. */
    AddedEntries(String type, Lock lock, FirewallTime time, int most, EntryForm.Lasting<K, E> form) {
        super(type, lock, time, most, Ageing.IDLE, form);
        this.type = type;
    }

    /** The entries that have one of these public addresses. */
    abstract List<Slot<E>> with(Ip4Range outside);

    /** The lowest address inside of an entry. */
    abstract long inside(E entry);

    /** The table's type. */
    final String type() {
        return type;
    }

    /**
     * Whether an entry with one of these public addresses stays: it was added here while the peer did not know of it, and goes before one
     * of another kind.
     *
     * @param inside lowest address inside of that one
     * @param kind the table that that one is in
     */
    final boolean keeps(Ip4Range outside, long inside, String kind) {
        return with(outside).stream().anyMatch(slot -> isOwn(slot) && Contest.keeps(inside(slot.entry()), type, inside, kind));
    }

    /**
     * Takes those out that have one of these public addresses, for the sake of an entry of the peer.
     *
     * @return whether one of them was added here while the peer did not know of it
     */
    final boolean giveWay(Ip4Range outside) {
        List<Slot<E>> gone = with(outside);
        boolean own = gone.stream().anyMatch(this::isOwn);
        gone.forEach(this::giveUp);
        return own;
    }
}
