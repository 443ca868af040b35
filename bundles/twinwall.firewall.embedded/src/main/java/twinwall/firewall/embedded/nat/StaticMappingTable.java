/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;

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
        addresses.kind(TYPE, this::hasOneOf);
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

    @Override
    protected void check(StaticMapping entry) {
        if (entry.vsys() != 0) {
            throw new EntryRefusedException("unknown-vsys", "virtual system " + entry.vsys() + ": this firewall has only 0");
        }
        StaticRange range;
        try {
            range = StaticRange.of(entry);
        } catch (IllegalArgumentException e) {
            throw new EntryRefusedException("uneven-range", e.getMessage() + ". Add it anew on the active firewall");
        }
        for (StaticRange other : ranges.values()) {
            boolean same = other.inside().first() == range.inside().first();
            if (!same && (other.inside().overlaps(range.inside()) || other.sharesPorts(range))) {
                throw new EntryRefusedException("overlapping-range", "the mapping of " + range.inside() + " to " + range.outside()
                        + " overlaps that of " + other.inside() + " to " + other.outside() + ". Remove one of them");
            }
        }
        String owner = addresses.owner(TYPE, range.outside());
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
        check(entry);
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
