/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;
import java.util.Map;

import twinwall.firewall.Ip4;
import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.settings.Settings;

/**
 * Which setting names which public address. Two kinds of translation that shared an address would give its ports away twice, so the
 * second is refused with a line that names both. Ask in one fixed order.
 */
public final class PoolSettings {

    private final Settings from;
    private final AddressOwners owners = new AddressOwners();

    /** For one configuration. */
    public PoolSettings(Settings from) {
        this.from = from;
    }

    /**
     * Reads a pool as {@link AddressRange} does.
     *
     * @return the text when it can be used; empty, with one line for the operator, when it cannot or when a pool read before has one of its
     *     addresses
     */
    public String pool(String key) {
        return pool(key, AddressRange.MOST);
    }

    /** As {@link #pool(String)}, of so many addresses at most. */
    String pool(String key, int most) {
        String text = from.text(key, "");
        List<Ip4Range> ranges;
        try {
            ranges = AddressRange.ranges(text, most);
        } catch (IllegalArgumentException e) {
            from.complain(key, text, e.getMessage(), "none");
            return "";
        }
        return claim(key, text, ranges);
    }

    /** As {@link #pool}, for addresses that were read from the text already, in ranges that do not overlap. */
    public String claim(String key, String text, List<Ip4Range> ranges) {
        if (apart(key, text, ranges).isEmpty()) {
            return "";
        }
        ranges.forEach(range -> owners.add(range, key));
        return text;
    }

    /**
     * As {@link #claim}, for ranges that may be shared later; asked when every pool was read.
     *
     * @return {@code text} when no pool has one of the addresses, else empty
     */
    public String apart(String key, String text, List<Ip4Range> ranges) {
        for (Ip4Range range : ranges) {
            AddressOwners.Owned owned = owners.of(range);
            if (owned != null) {
                Ip4 shared = new Ip4((int) Math.max(range.first(), owned.range().first()));
                from.complain(key, text, "without " + shared + ", which " + owned.owner() + " has", "none");
                return "";
            }
        }
        return text;
    }

    /** The settings by the public addresses that they name. */
    public Map<Ip4Range, String> owners() {
        return owners.all();
    }
}
