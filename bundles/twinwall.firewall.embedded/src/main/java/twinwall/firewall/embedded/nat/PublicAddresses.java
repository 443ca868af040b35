/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.session.Contest;

/**
 * Which kind of translation has which public addresses, asked before one is given another by command or by the peer. Two kinds that shared
 * an address would give its ports away twice. Used under the firewall's lock only.
 */
public final class PublicAddresses {

    private final AddressOwners pools = new AddressOwners();
    private final Map<String, Predicate<Ip4Range>> configured = new LinkedHashMap<>();
    private final Map<String, AddedEntries<?, ?>> added = new LinkedHashMap<>();

    /** So far only those of settings: keys by addresses, in ranges that do not overlap. */
    public PublicAddresses(Map<Ip4Range, String> settings) {
        settings.forEach(pools::add);
    }

    /** A kind whose addresses settings say, but come and go, or are too many for a list. */
    public void kind(String name, Predicate<Ip4Range> hasOneOf) {
        configured.put(name, hasOneOf);
    }

    /** A table of what people add. */
    void added(AddedEntries<?, ?> table) {
        added.put(table.type(), table);
    }

    /**
     * Makes room for an entry of the peer, which comes before the removal of what was there: entries of other tables go. Those that were
     * added here while the peer did not know of them are contested, see {@link Contest#keeps(long, String, long, String)}.
     *
     * @param asking the table that the entry is of
     * @param inside its lowest address inside
     * @return whether the peer is to be told of its entry again: it may have given it up for the sake of one that was here
     * @throws twinwall.firewall.EntryRefusedException when one here stays; nothing has changed then
     */
    boolean makeRoom(AddedEntries<?, ?> asking, Ip4Range outside, long inside) {
        List<AddedEntries<?, ?>> others = added.values().stream().filter(table -> table != asking).toList();
        if (others.stream().anyMatch(table -> table.keeps(outside, inside, asking.type()))) {
            throw Contest.added("Table " + asking.type() + ", " + outside);
        }
        boolean contested = false;
        for (AddedEntries<?, ?> table : others) {
            contested |= table.giveWay(outside);
        }
        return contested;
    }

    /** The setting that has one of these addresses, other than one that asks; {@code null} when none has. */
    String setting(String asking, Ip4Range range) {
        AddressOwners.Owned pool = pools.of(range);
        return pool != null ? pool.owner() : first(configured, asking, kind -> kind.test(range));
    }

    /** The setting or kind, other than the one that asks, that has one of these addresses; {@code null} when none has. */
    public String owner(String asking, Ip4Range range) {
        String setting = setting(asking, range);
        return setting != null ? setting : first(added, asking, table -> !table.with(range).isEmpty());
    }

    private static <T> String first(Map<String, T> kinds, String asking, Predicate<T> has) {
        for (Map.Entry<String, T> kind : kinds.entrySet()) {
            if (!kind.getKey().equals(asking) && has.test(kind.getValue())) {
                return kind.getKey();
            }
        }
        return null;
    }
}
