/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** IPv4 addresses written as single ones, ranges and prefixes. */
public final class AddressRange {

    /** So many addresses at most, unless said otherwise. */
    public static final int MOST = 65_536;

    private AddressRange() {
    }

    /** Reads {@code 203.0.113.1, 203.0.113.8-203.0.113.15, 198.51.100.0/28} into addresses in that order, each once. */
    public static int[] list(String text) {
        return list(text, MOST);
    }

    /** As {@link #list(String)}, so many at most. */
    public static int[] list(String text, int most) {
        return ranges(text, most).stream().flatMapToLong(range -> LongStream.rangeClosed(range.first(), range.last()))
                .mapToInt(address -> (int) address).toArray();
    }

    /**
     * As {@link #list(String, int)}, as ranges in that order that do not overlap.
     *
     * @throws IllegalArgumentException when there are more, or the text is no such list; the message says what it must be
     */
    public static List<Ip4Range> ranges(String text, int most) {
        List<Ip4Range> all = new ArrayList<>();
        TreeMap<Long, Ip4Range> known = new TreeMap<>();
        long size = 0;
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                Ip4Range range = Ip4Range.parse(part.trim());
                if (range.size() > most - size) {
                    throw new IllegalArgumentException("at most " + most + " addresses, unlike " + part.trim());
                }
                for (Ip4Range rest : without(range, known)) {
                    size += rest.size();
                    all.add(rest);
                    known.put(rest.first(), rest);
                }
            }
        }
        return all;
    }

    /** What is left of a range without those that are known. */
    private static List<Ip4Range> without(Ip4Range range, TreeMap<Long, Ip4Range> known) {
        List<Ip4Range> left = new ArrayList<>();
        Map.Entry<Long, Ip4Range> below = known.lowerEntry(range.first());
        long from = below == null ? range.first() : Math.max(range.first(), below.getValue().last() + 1);
        for (Ip4Range other : known.subMap(range.first(), true, range.last(), true).values()) {
            if (other.first() > from) {
                left.add(new Ip4Range(from, other.first() - 1));
            }
            from = other.last() + 1;
        }
        if (from <= range.last()) {
            left.add(new Ip4Range(from, range.last()));
        }
        return left;
    }
}
