/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.Arrays;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.Ip4;

/**
 * The public addresses of a pool in order. A client looks at them from a place of its own on, the same on both firewalls: the address
 * at <em>offset</em> 0 is the one it is tried on first.
 */
final class AddressPool {

    private final String setting;
    private final int[] addresses;
    private final long[] numbers;

    /** The addresses that a setting names; messages name it too. */
    AddressPool(String setting, int[] addresses) {
        this.setting = setting;
        this.addresses = addresses;
        numbers = new long[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            numbers[i] = (long) addresses[i] << 32 | i;
        }
        Arrays.sort(numbers);
    }

    int size() {
        return addresses.length;
    }

    /** The address with that number, from 0. */
    int at(int number) {
        return addresses[number];
    }

    /** Number of the address, -1 when the pool does not have it. */
    int number(int address) {
        int at = Arrays.binarySearch(numbers, (long) address << 32);
        int place = at < 0 ? -at - 1 : at;
        return place < numbers.length && (int) (numbers[place] >> 32) == address ? (int) numbers[place] : -1;
    }

    /**
     * Looks at what an entry of the peer says of its pool.
     *
     * @throws EntryRefusedException when it is not this one
     */
    void check(int vsys, int pool, Ip4 outside) {
        if (vsys != 0) {
            throw new EntryRefusedException("unknown-vsys", "virtual system " + vsys + ": this firewall has only 0");
        }
        if (pool != 0 || addresses.length == 0) {
            throw new EntryRefusedException("unknown-pool", "pool " + pool + " is not configured here. Set " + setting + " as on the peer");
        }
        if (number(outside.bits()) < 0) {
            throw new EntryRefusedException("outside-pool", outside + " is not in " + setting + " here. Set it as on the peer");
        }
    }

    /** Number of the address at that offset of the client. */
    int numberAt(int client, int offset) {
        return (Math.floorMod(mix(client), addresses.length) + offset) % addresses.length;
    }

    /** Where the client comes to the address with that number. */
    int offset(int client, int number) {
        return Math.floorMod(number - Math.floorMod(mix(client), addresses.length), addresses.length);
    }

    /** Spreads what is near together. */
    static int mix(int value) {
        int mixed = (value ^ value >>> 16) * 0x7feb352d;
        mixed = (mixed ^ mixed >>> 15) * 0x846ca68b;
        return mixed ^ mixed >>> 16;
    }
}
