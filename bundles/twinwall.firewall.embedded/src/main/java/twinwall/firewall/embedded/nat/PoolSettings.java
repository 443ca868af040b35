/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.HashMap;
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
    private final Map<Integer, String> owners = new HashMap<>();

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
        String text = from.text(key, "");
        int[] addresses;
        try {
            addresses = AddressRange.list(text);
        } catch (IllegalArgumentException e) {
            from.complain(key, text, e.getMessage(), "none");
            return "";
        }
        return claim(key, text, addresses);
    }

    /** As {@link #pool}, for addresses that were read from the text already; it may name one of them more than once. */
    public String claim(String key, String text, int... addresses) {
        for (int address : addresses) {
            String owner = owners.get(address);
            if (owner != null) {
                from.complain(key, text, "without " + new Ip4(address) + ", which " + owner + " has", "none");
                return "";
            }
        }
        for (int address : addresses) {
            owners.put(address, key);
        }
        return text;
    }

    /**
     * As {@link #claim}, for ranges that may be too large for that; asked when every pool was read.
     *
     * @return {@code text} when no pool has one of the addresses, else empty
     */
    public String apart(String key, String text, List<Ip4Range> ranges) {
        for (Map.Entry<Integer, String> owner : owners.entrySet()) {
            if (ranges.stream().anyMatch(range -> range.contains(owner.getKey() & 0xffffffffL))) {
                from.complain(key, text, "without " + new Ip4(owner.getKey()) + ", which " + owner.getValue() + " has", "none");
                return "";
            }
        }
        return text;
    }

    /** The settings by the public addresses that they name, as bits. */
    public Map<Integer, String> owners() {
        return Map.copyOf(owners);
    }
}
