/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.StaticMapping;
import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/** Table {@code static-mapping}: ranges that do not overlap, neither inside nor outside. */
final class StaticMappingTable extends EntryTable<Long, StaticMapping> {

    static final String TYPE = "static-mapping";

    private final PublicAddresses addresses;
    private final TreeMap<Long, StaticRange> ranges = new TreeMap<>();

    StaticMappingTable(PublicAddresses addresses, int most, Lock lock, FirewallTime time) {
        super(TYPE, lock, time, most, Ageing.IDLE, new Form());
        this.addresses = addresses;
        addresses.kind(TYPE, this::hasOneOf, this::giveUp);
    }

    private boolean hasOneOf(Ip4Range outside) {
        return ranges.values().stream().anyMatch(range -> range.outside().overlaps(outside));
    }

    /** The range that a private address is in, or {@code null}. */
    StaticRange inside(long client) {
        Map.Entry<Long, StaticRange> below = ranges.isEmpty() ? null : ranges.floorEntry(client);
        return below == null || !below.getValue().inside().contains(client) ? null : below.getValue();
    }

    /** The range that a public address and port are in, or {@code null}. */
    StaticRange outside(long address, int port) {
        for (StaticRange range : ranges.values()) {
            if (range.outside().contains(address) && range.ports().contains(port)) {
                return range;
            }
        }
        return null;
    }

    private void giveUp(Ip4Range outside) {
        forgetThose(range -> range.outside().overlaps(outside));
    }

    private void forgetThose(Predicate<StaticRange> inTheWay) {
        List<Long> keys = ranges.values().stream().filter(inTheWay).map(range -> range.inside().first()).toList();
        keys.forEach(key -> forget(find(key).entry()));
    }

    /** The peer has checked it against its own: what is in the way here is gone there, and its removal comes later or never. */
    @Override
    protected void check(StaticMapping entry) {
        StaticRange range = range(entry);
        requireFree(range, addresses.makeRoom(TYPE, range.outside()));
        forgetThose(other -> overlap(range, other));
    }

    private static boolean overlap(StaticRange range, StaticRange other) {
        boolean same = other.inside().first() == range.inside().first();
        return !same && (other.inside().overlaps(range.inside()) || other.sharesPorts(range));
    }

    private static StaticRange range(StaticMapping entry) {
        if (entry.vsys() != 0) {
            throw new EntryRefusedException("unknown-vsys", "virtual system " + entry.vsys() + ": this firewall has only 0");
        }
        try {
            return StaticRange.of(entry);
        } catch (IllegalArgumentException e) {
            throw new EntryRefusedException("uneven-range", e.getMessage() + ". Add it anew on the active firewall");
        }
    }

    private void requireAlone(StaticRange range) {
        for (StaticRange other : ranges.values()) {
            if (overlap(range, other)) {
                throw new EntryRefusedException("overlapping-range", "the mapping of " + range.inside() + " to " + range.outside()
                        + " overlaps that of " + other.inside() + " to " + other.outside() + ". Remove one of them");
            }
        }
    }

    private static void requireFree(StaticRange range, String owner) {
        if (owner != null) {
            throw new EntryRefusedException("address-taken", "of " + range.outside() + " " + owner + " has addresses. Use others");
        }
    }

    @Override
    protected void entered(Slot<StaticMapping> slot) {
        StaticRange range = StaticRange.of(slot.entry());
        ranges.put(range.inside().first(), range);
    }

    @Override
    protected void leaving(Slot<StaticMapping> slot) {
        ranges.remove(slot.entry().insideFirst().bits() & 0xffffffffL);
    }

    /** Adds it if it goes together with what is there. */
    void add(StaticMapping entry) {
        StaticRange range = range(entry);
        requireAlone(range);
        requireFree(range, addresses.owner(TYPE, range.outside()));
        put(entry);
    }

    /** The first private address is the key: ranges do not overlap. */
    private static final class Form implements EntryForm.Lasting<Long, StaticMapping> {

        @Override
        public Long key(StaticMapping entry) {
            return entry.insideFirst().bits() & 0xffffffffL;
        }
    }
}
