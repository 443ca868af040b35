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
        Ip4Range range = Ip4Range.parse(part);
        if (range.size() > MOST - all.size()) {
            throw new IllegalArgumentException("at most " + MOST + " addresses, unlike " + part);
        }
        for (long address = range.first(); address <= range.last(); address++) {
            all.add((int) address);
        }
    }
}
