/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import twinwall.firewall.embedded.lists.Ip4Range;

/**
 * Which kind of translation has which public addresses, asked before one is given another by command or by the peer. Two kinds that shared
 * an address would give its ports away twice. Used under the firewall's lock only.
 */
public final class PublicAddresses {

    private final AddressOwners pools = new AddressOwners();
    private final Map<String, Predicate<Ip4Range>> others = new LinkedHashMap<>();
    private final Map<String, Consumer<Ip4Range>> givingUp = new HashMap<>();

    /** So far only those of settings: keys by addresses, in ranges that do not overlap. */
    public PublicAddresses(Map<Ip4Range, String> settings) {
        settings.forEach(pools::add);
    }

    /** A kind of replicated entries: what is in the way of the peer's newer ones gives way to them. */
    public void kind(String name, Predicate<Ip4Range> hasOneOf, Consumer<Ip4Range> giveUp) {
        kind(name, hasOneOf);
        givingUp.put(name, giveUp);
    }

    /**
     * Makes room for an entry of the peer, which comes before the removal of what was there.
     *
     * @return who has one of the addresses and does not give it up; {@code null} when they are free now
     */
    public String makeRoom(String asking, Ip4Range range) {
        String owner = owner(asking, range);
        while (owner != null && givingUp.containsKey(owner)) {
            givingUp.get(owner).accept(range);
            owner = owner(asking, range);
        }
        return owner;
    }

    /** A kind whose addresses come and go, or are too many for a list. */
    public void kind(String name, Predicate<Ip4Range> hasOneOf) {
        others.put(name, hasOneOf);
    }

    /** The setting or kind, other than the one that asks, that has one of these addresses; {@code null} when none has. */
    public String owner(String asking, Ip4Range range) {
        AddressOwners.Owned pool = pools.of(range);
        if (pool != null) {
            return pool.owner();
        }
        for (Map.Entry<String, Predicate<Ip4Range>> other : others.entrySet()) {
            if (!other.getKey().equals(asking) && other.getValue().test(range)) {
                return other.getKey();
            }
        }
        return null;
    }
}
