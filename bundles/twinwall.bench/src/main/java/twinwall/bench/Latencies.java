/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

/** Gathers nanoseconds, at most {@value #MOST}; what comes later is counted only. */
final class Latencies {

    static final int MOST = 1_000_000;

    private final long[] nanos = new long[MOST];
    private int count;

    synchronized void add(long sample) {
        if (count < MOST) {
            nanos[count++] = sample;
        }
    }

    synchronized void clear() {
        count = 0;
    }

    synchronized Percentiles percentiles() {
        return Percentiles.of(nanos.clone(), count);
    }
}
