/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

import java.util.EnumMap;
import java.util.Map;

import twinwall.run.trials.wiring.End;

/**
 * Who forwarded when, seen from outside. A packet was forwarded at some moment between two that are known; from them follows how often, at
 * least, the role has passed from one firewall to the other. Two that forward at once make that number large. Safe for threads.
 */
final class Handovers {

    private final Map<End, Long> forwarded = new EnumMap<>(End.class);
    private End current;
    private long certainlyBefore;
    private int handovers;

    /**
     * A firewall has forwarded a packet. Told in the order of {@code latest}, as far as threads allow.
     *
     * @param earliest when it can have done so at the earliest, {@link System#nanoTime}
     * @param latest when its answer was there
     */
    synchronized void forwarded(End by, long earliest, long latest) {
        forwarded.merge(by, 1L, Long::sum);
        if (current == null) {
            current = by;
            certainlyBefore = latest;
        } else if (current != by && earliest > certainlyBefore) {
            current = by;
            certainlyBefore = latest;
            handovers++;
        }
    }

    /** How often the role has passed on, at least, since the last {@link #forget}. */
    synchronized int count() {
        return handovers;
    }

    /** Packets that this firewall has forwarded since the last {@link #forget}. */
    synchronized long by(End end) {
        return forwarded.getOrDefault(end, 0L);
    }

    /** Begins anew. */
    synchronized void forget() {
        handovers = 0;
        forwarded.clear();
        current = null;
    }
}
