/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.StaticMapping;
import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.session.Contest;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.Slot;

/** Table {@code static-mapping}: ranges that do not overlap, neither inside nor outside. */
final class StaticMappingTable extends AddedEntries<Long, StaticMapping> {

    static final String TYPE = "static-mapping";

    private final PublicAddresses addresses;
    private final TreeMap<Long, StaticRange> ranges = new TreeMap<>();
    /** By the number of bits in their size, then by first public address: so a search passes by few that do not reach into a range. */
    private final Map<Integer, TreeMap<Long, List<StaticRange>>> byOutside = new HashMap<>();

    StaticMappingTable(PublicAddresses addresses, int most, Lock lock, FirewallTime time) {
        super(TYPE, lock, time, most, new Form());
        this.addresses = addresses;
        addresses.added(this);
    }

    @Override
    List<Slot<StaticMapping>> with(Ip4Range outside) {
        return overlapping(outside).stream().map(this::slot).toList();
    }

    private Slot<StaticMapping> slot(StaticRange range) {
        return find(range.inside().first());
    }

    @Override
    long inside(StaticMapping mapping) {
        return mapping.insideFirst().bits() & 0xffffffffL;
    }

    /** The range that a private address is in, or {@code null}. */
    StaticRange inside(long client) {
        Map.Entry<Long, StaticRange> below = ranges.isEmpty() ? null : ranges.floorEntry(client);
        return below == null || !below.getValue().inside().contains(client) ? null : below.getValue();
    }

    /** The range that a public address and port are in, or {@code null}. */
    StaticRange outside(long address, int port) {
        return overlapping(new Ip4Range(address, address)).stream().filter(range -> range.ports().contains(port)).findAny().orElse(null);
    }

    private List<StaticRange> overlapping(Ip4Range outside) {
        List<StaticRange> found = new ArrayList<>(0);
        for (Map.Entry<Integer, TreeMap<Long, List<StaticRange>>> size : byOutside.entrySet()) {
            Map.Entry<Long, List<StaticRange>> next = size.getValue().higherEntry(outside.first() - (1L << size.getKey()));
            while (next != null && next.getKey() <= outside.last()) {
                next.getValue().stream().filter(range -> range.outside().overlaps(outside)).forEach(found::add);
                next = size.getValue().higherEntry(next.getKey());
            }
        }
        return found;
    }

    /** Bits in the number of its addresses: it has fewer than 1 &lt;&lt; bits. */
    private static int bits(Ip4Range outside) {
        return Long.SIZE - Long.numberOfLeadingZeros(outside.size());
    }

    /** Every other range that this one shares private addresses or public ports with. */
    private Set<StaticRange> inTheWayOf(StaticRange range) {
        Set<StaticRange> found = new LinkedHashSet<>(0);
        Long first = ranges.floorKey(range.inside().first());
        Map.Entry<Long, StaticRange> next = ranges.ceilingEntry(first == null ? range.inside().first() : first);
        while (next != null && next.getKey() <= range.inside().last()) {
            if (next.getValue().inside().overlaps(range.inside())) {
                found.add(next.getValue());
            }
            next = ranges.higherEntry(next.getKey());
        }
        overlapping(range.outside()).stream().filter(other -> other.sharesPorts(range)).forEach(found::add);
        found.removeIf(other -> other.inside().first() == range.inside().first());
        return found;
    }

    /**
     * The peer has checked it against its own: what is in the way here is gone there, and its removal comes later or never. What was added
     * here while the peer did not know of it is contested.
     */
    @Override
    protected void check(StaticMapping entry) {
        StaticRange range = range(entry);
        Set<StaticRange> there = inTheWayOf(range);
        if (there.stream().anyMatch(other -> other.inside().first() < range.inside().first() && isOwn(slot(other)))) {
            throw Contest.added("The mapping of " + range.inside() + " to " + range.outside());
        }
        requireFree(range, addresses.setting(TYPE, range.outside()));
        if (addresses.makeRoom(this, range.outside(), range.inside().first())) {
            contested();
        }
        there.forEach(other -> giveUp(slot(other)));
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
        inTheWayOf(range).stream().findFirst().ifPresent(other -> {
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
        byOutside.computeIfAbsent(bits(range.outside()), any -> new TreeMap<>())
                .computeIfAbsent(range.outside().first(), any -> new ArrayList<>(1)).add(range);
    }

    @Override
    protected void leaving(Slot<StaticMapping> slot) {
        StaticRange gone = ranges.remove(slot.entry().insideFirst().bits() & 0xffffffffL);
        byOutside.get(bits(gone.outside())).computeIfPresent(gone.outside().first(), (first, there) -> {
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
