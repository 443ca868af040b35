/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.confirm;

import java.util.Arrays;

/** The latest durations, for percentiles. Used under the firewall's lock only. */
final class RecentMicros {

    static final int KEPT = 4096;

    private final int[] kept = new int[KEPT];
    private long count;

    void add(long micros) {
        kept[(int) (count++ % KEPT)] = (int) Math.max(0, Math.min(Integer.MAX_VALUE, micros));
    }

    /** All of them, ascending. */
    int[] sorted() {
        int[] copy = Arrays.copyOf(kept, (int) Math.min(count, KEPT));
        Arrays.sort(copy);
        return copy;
    }

    /** The value that so many percent do not exceed; 0 without any. */
    static int percentile(int[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[(int) (((long) sorted.length * percent + 99) / 100) - 1];
    }
}
