/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import twinwall.firewall.Ip4;

/**
 * Successive IPv4 addresses, both ends included.
 *
 * @param first as a number from 0 to 2^32-1
 * @param last not below the first
 */
public record Ip4Range(long first, long last) {

    /** Reads {@code 203.0.113.1}, {@code 203.0.113.8-203.0.113.15} or {@code 198.51.100.0/28}. */
    public static Ip4Range parse(String text) {
        int dash = text.indexOf('-');
        Ip4Range range;
        if (dash < 0) {
            Prefix prefix = ipv4(text.trim());
            long mask = (1L << 32 - prefix.length()) - 1;
            range = new Ip4Range(prefix.low() & ~mask, prefix.low() | mask);
        } else {
            range = new Ip4Range(ipv4(text.substring(0, dash).trim()).low(), ipv4(text.substring(dash + 1).trim()).low());
        }
        if (range.last < range.first) {
            throw new IllegalArgumentException("rising ranges, unlike " + text);
        }
        return range;
    }

    private static Prefix ipv4(String text) {
        Prefix prefix = Prefix.parse(text);
        if (prefix.v6()) {
            throw new IllegalArgumentException("IPv4 addresses, unlike " + text);
        }
        return prefix;
    }

    /** The range between two addresses; backwards when the last is below the first. */
    public static Ip4Range of(Ip4 first, Ip4 last) {
        return new Ip4Range(first.bits() & 0xffffffffL, last.bits() & 0xffffffffL);
    }

    /** Whether the address is among them. */
    public boolean contains(long address) {
        return address >= first && address <= last;
    }

    /** Whether they have an address in common. */
    public boolean overlaps(Ip4Range other) {
        return first <= other.last && other.first <= last;
    }

    /** How many there are. */
    public long size() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return new Ip4((int) first) + (first == last ? "" : "-" + new Ip4((int) last));
    }
}
