/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * How often hellos go over each link, and how many may be missed.
 *
 * @param intervalMillis between two hellos
 * @param misses so many missed in a row: the peer is down
 */
public record Hellos(long intervalMillis, int misses) {

    /** After so long without a hello the peer is down. */
    public long detectionMillis() {
        return intervalMillis * misses;
    }

    /** After so long without a hello a link gives way to one that is heard: two have been missed, with half an interval to spare. */
    long failoverMillis() {
        return Math.min(intervalMillis * 5 / 2, detectionMillis());
    }

    /** Of two, the one that takes longer to take the peer for down; if both take as long, the one with fewer hellos. */
    Hellos slower(Hellos other) {
        if (detectionMillis() != other.detectionMillis()) {
            return detectionMillis() > other.detectionMillis() ? this : other;
        }
        return intervalMillis >= other.intervalMillis ? this : other;
    }

    @Override
    public String toString() {
        return misses + " hellos of " + intervalMillis + " ms";
    }
}
