/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

import twinwall.firewall.embedded.table.AddressKey;

/**
 * Values by prefix, found by longest match: one look-up for each length that occurs, longest first. Not safe for threads.
 *
 * @param <V> the value
 */
public final class PrefixMap<V> {

    private static final int SIXTH = 1 << 8;

    private final Map<AddressKey, V> values = new HashMap<>();
    private final int[] lengths4 = new int[33];
    private final int[] lengths6 = new int[129];

    /** Puts a value in and gives the one that was there, or {@code null}. */
    public V put(Prefix prefix, V value) {
        V before = values.put(key(prefix), value);
        if (before == null) {
            lengths(prefix.v6())[prefix.length()]++;
        }
        return before;
    }

    /** The value of exactly that prefix, or {@code null}. */
    public V get(Prefix prefix) {
        return values.get(key(prefix));
    }

    /** Takes a value out and gives it, or {@code null}. */
    public V remove(Prefix prefix) {
        V before = values.remove(key(prefix));
        if (before != null) {
            lengths(prefix.v6())[prefix.length()]--;
        }
        return before;
    }

    /** The value of the longest prefix that holds the address and whose value is wanted, or {@code null}. */
    public V longest(boolean v6, long high, long low, Predicate<? super V> wanted) {
        if (values.isEmpty()) {
            return null;
        }
        int[] lengths = lengths(v6);
        for (int length = lengths.length - 1; length >= 0; length--) {
            if (lengths[length] > 0) {
                V value = values.get(key(v6, high, low, length));
                if (value != null && wanted.test(value)) {
                    return value;
                }
            }
        }
        return null;
    }

    /** Every value. */
    public Collection<V> values() {
        return values.values();
    }

    /** How many prefixes there are. */
    public int size() {
        return values.size();
    }

    private int[] lengths(boolean v6) {
        return v6 ? lengths6 : lengths4;
    }

    private static AddressKey key(Prefix prefix) {
        return key(prefix.v6(), prefix.high(), prefix.low(), prefix.length());
    }

    private static AddressKey key(boolean v6, long high, long low, int length) {
        if (!v6) {
            return new AddressKey(0, length == 0 ? 0 : low & -1L << 32 - length, length);
        }
        long keptHigh = length == 0 ? 0 : high & -1L << 64 - Math.min(64, length);
        return new AddressKey(keptHigh, length <= 64 ? 0 : low & -1L << 128 - length, length | SIXTH);
    }
}
