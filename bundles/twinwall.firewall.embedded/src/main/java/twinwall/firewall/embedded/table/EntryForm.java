/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.table;

/**
 * How a table handles its records.
 *
 * @param <K> the key, with {@code equals} and {@code hashCode}; an {@link AddressKey} where strangers choose it
 * @param <E> the entry
 */
public interface EntryForm<K, E extends Record> {

    /** Remaining time of an entry that does not end by itself. */
    int FOREVER = -1;

    /** What identifies the entry. */
    K key(E entry);

    /** Seconds until the entry ends, as it says itself; {@link #FOREVER} when it does not. */
    int remainingSeconds(E entry);

    /** The same entry with so many seconds left. Not called for entries that do not end by themselves. */
    E withRemaining(E entry, int seconds);

    /** For entries that have no time. */
    interface Lasting<K, E extends Record> extends EntryForm<K, E> {

        @Override
        default int remainingSeconds(E entry) {
            return FOREVER;
        }

        @Override
        default E withRemaining(E entry, int seconds) {
            return entry;
        }
    }
}
