/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.net.InetAddress;
import java.util.Optional;

import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;

/**
 * How a list handles its records.
 *
 * @param <E> the entry
 */
interface ListForm<E extends Record> extends EntryForm<AddressKey, E> {

    /** Which packets the entry is about. */
    Pick pick(E entry);

    /** Its address. */
    InetAddress address(E entry);

    /** Who put it in, as people are shown. */
    String origin(E entry);

    /** Why. */
    String reason(E entry);

    /** How long the entry holds from its creation, seconds; empty: until it is removed. */
    Optional<Integer> timeoutSeconds(E entry);

    /** What is left of that, seconds. */
    int left(E entry);

    @Override
    default AddressKey key(E entry) {
        return pick(entry).key();
    }

    @Override
    default int remainingSeconds(E entry) {
        return timeoutSeconds(entry).isEmpty() ? FOREVER : left(entry);
    }
}
