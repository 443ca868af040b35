/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import twinwall.firewall.embedded.lists.Ip4Range;

/** Who has which public addresses: ranges, because a pool may have a million addresses. No two of them overlap. */
final class AddressOwners {

    private final TreeMap<Long, Owned> byFirst = new TreeMap<>();

    /** Addresses and who has them. */
    record Owned(Ip4Range range, String owner) {
    }

    /** The range, of which nobody has an address, is that owner's from now on. */
    void add(Ip4Range range, String owner) {
        byFirst.put(range.first(), new Owned(range, owner));
    }

    /** The lowest of the ranges that have one of these addresses; {@code null} when none has. */
    Owned of(Ip4Range asked) {
        Map.Entry<Long, Owned> found = byFirst.floorEntry(asked.first());
        if (found == null || !found.getValue().range().overlaps(asked)) {
            found = byFirst.ceilingEntry(asked.first());
        }
        return found != null && found.getValue().range().overlaps(asked) ? found.getValue() : null;
    }

    /** All of them. */
    Map<Ip4Range, String> all() {
        Map<Ip4Range, String> all = new HashMap<>();
        byFirst.values().forEach(owned -> all.put(owned.range(), owned.owner()));
        return Map.copyOf(all);
    }
}
