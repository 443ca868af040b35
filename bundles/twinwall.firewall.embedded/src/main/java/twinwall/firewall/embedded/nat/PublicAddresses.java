/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import twinwall.firewall.embedded.lists.Ip4Range;

/**
 * Which kind of translation has which public addresses, asked before one is given another by command or by the peer. Two kinds that shared
 * an address would give its ports away twice. Used under the firewall's lock only.
 */
public final class PublicAddresses {

    private final TreeMap<Long, String> pools = new TreeMap<>();
    private final Map<String, Predicate<Ip4Range>> others = new LinkedHashMap<>();

    /** So far only those of settings: keys by addresses, as bits. */
    public PublicAddresses(Map<Integer, String> settings) {
        settings.forEach((address, key) -> pools.put(address & 0xffffffffL, key));
    }

    /** A kind whose addresses come and go, or are too many for a list. */
    public void kind(String name, Predicate<Ip4Range> hasOneOf) {
        others.put(name, hasOneOf);
    }

    /** The setting or kind, other than the one that asks, that has one of these addresses; {@code null} when none has. */
    public String owner(String asking, Ip4Range range) {
        Long next = pools.ceilingKey(range.first());
        if (next != null && next <= range.last()) {
            return pools.get(next);
        }
        for (Map.Entry<String, Predicate<Ip4Range>> other : others.entrySet()) {
            if (!other.getKey().equals(asking) && other.getValue().test(range)) {
                return other.getKey();
            }
        }
        return null;
    }
}
