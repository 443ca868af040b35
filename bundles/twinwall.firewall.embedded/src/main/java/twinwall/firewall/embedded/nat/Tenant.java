/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.embedded.table.Slot;

/**
 * A private address on a public one: what uses it, counted whether its entry is there already, not yet, or no more.
 *
 * @param <E> the entry that says so
 */
final class Tenant<E extends Record> {

    /** Private address. */
    final int client;
    /** Number of the public address in its pool. */
    final int address;
    /** Sessions that use it now. */
    int sessions;
    /** Its entry; {@code null} when there is none. */
    Slot<E> slot;
    /** The same client on another address. Only what two firewalls did apart can bring that about. */
    Tenant<E> next;

    Tenant(int client, int address) {
        this.client = client;
        this.address = address;
    }
}
