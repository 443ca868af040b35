/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.util.Arrays;

/**
 * Where the samples of a measurement lie, by the nearest-rank method: the smallest sample that so many per cent do not exceed.
 *
 * @param count how many there were; the others are 0 when there were none
 */
public record Percentiles(int count, long p50, long p99, long p999, long max) {

    /** Of the first {@code count} samples; the array is sorted. */
    public static Percentiles of(long[] samples, int count) {
        if (count == 0) {
            return new Percentiles(0, 0, 0, 0, 0);
        }
        Arrays.sort(samples, 0, count);
        return new Percentiles(count, rank(samples, count, 500), rank(samples, count, 990), rank(samples, count, 999),
                samples[count - 1]);
    }

    private static long rank(long[] sorted, int count, long permille) {
        long rank = (count * permille + 999) / 1000;
        return sorted[(int) Math.max(0, rank - 1)];
    }
}
