/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.util.LinkedHashSet;
import java.util.Set;

/** IPv4 addresses written as single ones, ranges and prefixes. */
public final class AddressRange {

    private static final int MOST = 65536;

    private AddressRange() {
    }

    /** Reads {@code 203.0.113.1, 203.0.113.8-203.0.113.15, 198.51.100.0/28} into addresses in that order, each once. */
    public static int[] list(String text) {
        Set<Integer> all = new LinkedHashSet<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                add(part.trim(), all);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void add(String part, Set<Integer> all) {
        int dash = part.indexOf('-');
        long first;
        long last;
        if (dash < 0) {
            Prefix prefix = ipv4(part);
            long mask = (1L << 32 - prefix.length()) - 1;
            first = prefix.low() & ~mask;
            last = prefix.low() | mask;
        } else {
            first = ipv4(part.substring(0, dash).trim()).low();
            last = ipv4(part.substring(dash + 1).trim()).low();
        }
        if (last < first || last - first >= MOST - all.size()) {
            throw new IllegalArgumentException("at most " + MOST + " addresses in rising ranges, unlike " + part);
        }
        for (long address = first; address <= last; address++) {
            all.add((int) address);
        }
    }

    private static Prefix ipv4(String text) {
        Prefix prefix = Prefix.parse(text);
        if (prefix.v6()) {
            throw new IllegalArgumentException("IPv4 addresses, unlike " + text);
        }
        return prefix;
    }
}
