/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.table;

import java.security.SecureRandom;

import twinwall.firewall.embedded.packet.Octets;

/**
 * A key made of addresses, ports and numbers. Strangers choose these, so the hash is seeded in each process: nobody can know which
 * keys fall together.
 *
 * @param high the first half of an IPv6 address; 0 for IPv4
 * @param low the second half, or an IPv4 address
 * @param more what else identifies the entry: protocol, ports, numbers, packed as the table likes
 */
public record AddressKey(long high, long low, long more) {

    private static final long A;
    private static final long B;
    private static final long C;

    static {
        SecureRandom random = new SecureRandom();
        A = random.nextLong() | 1;
        B = random.nextLong() | 1;
        C = random.nextLong() | 1;
    }

    /** The key of an address of 4 or 16 octets. */
    public static AddressKey of(byte[] address, long more) {
        return address.length == 4 ? new AddressKey(0, Octets.i32(address, 0) & 0xffffffffL, more)
                : new AddressKey(Octets.i64(address, 0), Octets.i64(address, 8), more);
    }

    @Override
    public int hashCode() {
        return hash(high, low, more);
    }

    /** The hash of such a key, without the key. */
    public static int hash(long high, long low, long more) {
        long mixed = (high ^ high >>> 32) * A;
        mixed = (mixed ^ mixed >>> 29 ^ low) * B;
        mixed = (mixed ^ mixed >>> 32 ^ more) * C;
        return (int) (mixed ^ mixed >>> 32);
    }
}
