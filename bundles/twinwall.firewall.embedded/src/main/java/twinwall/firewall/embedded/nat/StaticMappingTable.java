/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

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
    private final TreeMap<Long, List<StaticRange>> byOutside = new TreeMap<>();
    /** No range outside was ever longer: where the search for those that reach into another begins. */
    private long longestOutside;

    StaticMappingTable(PublicAddresses addresses, int most, Lock lock, FirewallTime time) {
        super(TYPE, lock, time, most, Ageing.IDLE, new Form());
        this.addresses = addresses;
        addresses.kind(TYPE, this::hasOneOf, this::giveUp);
    }

    private boolean hasOneOf(Ip4Range outside) {
        return overlapping(outside).findAny().isPresent();
    }

    /** The range that a private address is in, or {@code null}. */
    StaticRange inside(long client) {
        Map.Entry<Long, StaticRange> below = ranges.isEmpty() ? null : ranges.floorEntry(client);
        return below == null || !below.getValue().inside().contains(client) ? null : below.getValue();
    }

    /** The range that a public address and port are in, or {@code null}. */
    StaticRange outside(long address, int port) {
        return overlapping(new Ip4Range(address, address)).filter(range -> range.ports().contains(port)).findAny().orElse(null);
    }

    private Stream<StaticRange> overlapping(Ip4Range outside) {
        return byOutside.subMap(outside.first() - longestOutside, true, outside.last(), true).values().stream().flatMap(List::stream)
                .filter(range -> range.outside().overlaps(outside));
    }

    /** Every other range that this one shares private addresses or public ports with. */
    private Stream<StaticRange> inTheWayOf(StaticRange range) {
        Long from = ranges.floorKey(range.inside().first());
        Stream<StaticRange> inside = ranges.subMap(from == null ? range.inside().first() : from, true, range.inside().last(), true)
                .values().stream().filter(other -> other.inside().overlaps(range.inside()));
        return Stream.concat(inside, overlapping(range.outside()).filter(other -> other.sharesPorts(range)))
                .filter(other -> other.inside().first() != range.inside().first()).distinct();
    }

    private void giveUp(Ip4Range outside) {
        forgetAll(overlapping(outside));
    }

    private void forgetAll(Stream<StaticRange> gone) {
        gone.map(range -> range.inside().first()).toList().forEach(key -> forget(find(key).entry()));
    }

    /** The peer has checked it against its own: what is in the way here is gone there, and its removal comes later or never. */
    @Override
    protected void check(StaticMapping entry) {
        StaticRange range = range(entry);
        requireFree(range, addresses.makeRoom(TYPE, range.outside()));
        forgetAll(inTheWayOf(range));
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
        inTheWayOf(range).findFirst().ifPresent(other -> {
            throw new EntryRefusedException("overlapping-range", "the mapping of " + range.inside() + " to " + range.outside()
                    + " overlaps that of " + other.inside() + " to " + other.outside() + ". Remove one of them");
        });
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
        byOutside.computeIfAbsent(range.outside().first(), any -> new ArrayList<>()).add(range);
        longestOutside = Math.max(longestOutside, range.outside().last() - range.outside().first());
    }

    @Override
    protected void leaving(Slot<StaticMapping> slot) {
        StaticRange gone = ranges.remove(slot.entry().insideFirst().bits() & 0xffffffffL);
        byOutside.computeIfPresent(gone.outside().first(), (first, there) -> {
            there.remove(gone);
            return there.isEmpty() ? null : there;
        });
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
