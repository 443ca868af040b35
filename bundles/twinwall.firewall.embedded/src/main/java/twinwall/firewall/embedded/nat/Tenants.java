/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.HashMap;
import java.util.Map;

import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.Slot;

/**
 * Which private addresses are on which public ones, by entry or by session. Entries and sessions come from the peer in any order: a tenant
 * is there from the first that comes to the last that goes.
 *
 * @param <E> the entry
 */
final class Tenants<E extends Record> {

    private final Map<AddressKey, Tenant<E>> clients = new HashMap<>();
    private final int[] counts;
    private final int most;
    private int fullAddresses;

    /** For a pool with so many addresses; {@code most} tenants fill one up. What the peer says is counted beyond that. */
    Tenants(int addresses, int most) {
        counts = new int[addresses];
        this.most = most;
    }

    /** Whether another one fits on the address. */
    boolean hasRoom(int address) {
        return counts[address] < most;
    }

    /** Whether none fits on any address. */
    boolean full() {
        return fullAddresses == counts.length;
    }

    /** The client's, one with an entry before one that has sessions only; {@code null} when it is on no address. */
    Tenant<E> of(int client) {
        Tenant<E> first = clients.get(key(client));
        for (Tenant<E> tenant = first; tenant != null; tenant = tenant.next) {
            if (tenant.slot != null) {
                return tenant;
            }
        }
        return first;
    }

    /** The client on that address, or {@code null}. */
    Tenant<E> find(int client, int address) {
        Tenant<E> tenant = clients.get(key(client));
        while (tenant != null && tenant.address != address) {
            tenant = tenant.next;
        }
        return tenant;
    }

    /** Sessions of the client on that address. */
    int sessions(int client, int address) {
        Tenant<E> tenant = find(client, address);
        return tenant == null ? 0 : tenant.sessions;
    }

    /** The client's entry is in. */
    Tenant<E> entered(int client, int address, Slot<E> slot) {
        Tenant<E> tenant = present(client, address);
        tenant.slot = slot;
        return tenant;
    }

    /** The client's entry goes. */
    void left(int client, int address) {
        Tenant<E> tenant = find(client, address);
        tenant.slot = null;
        dropUnused(tenant);
    }

    /** A session of the client is in the table. */
    Tenant<E> began(int client, int address) {
        Tenant<E> tenant = present(client, address);
        tenant.sessions++;
        return tenant;
    }

    /** It is no more. */
    Tenant<E> ended(int client, int address) {
        Tenant<E> tenant = find(client, address);
        tenant.sessions--;
        dropUnused(tenant);
        return tenant;
    }

    private Tenant<E> present(int client, int address) {
        Tenant<E> tenant = find(client, address);
        if (tenant == null) {
            tenant = new Tenant<>(client, address);
            tenant.next = clients.put(key(client), tenant);
            if (++counts[address] == most) {
                fullAddresses++;
            }
        }
        return tenant;
    }

    private void dropUnused(Tenant<E> unused) {
        if (unused.sessions > 0 || unused.slot != null) {
            return;
        }
        if (counts[unused.address]-- == most) {
            fullAddresses--;
        }
        Tenant<E> before = clients.get(key(unused.client));
        if (before == unused) {
            if (unused.next == null) {
                clients.remove(key(unused.client));
            } else {
                clients.put(key(unused.client), unused.next);
            }
            return;
        }
        while (before.next != unused) {
            before = before.next;
        }
        before.next = unused.next;
    }

    private static AddressKey key(int client) {
        return new AddressKey(0, client & 0xffffffffL, 0);
    }
}
