/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps a link that has failed from carrying the data again too soon: it must have worked for the detection time without a break, for
 * twice as long after each further failure, up to 32 times. A link that carried the data for long after it came back starts anew.
 * Guarded by its {@link Member}.
 */
final class HoldDown {

    private static final int MOST_DOUBLINGS = 5;
    private static final int FORGIVEN_AFTER = 4;

    private final Map<Integer, Past> byOrder = new HashMap<>();

    private static final class Past {
        private int failures;
        private long ranSince = Long.MAX_VALUE;
    }

    /** The link carries the data from now on. */
    void runs(int order, long now) {
        Past past = byOrder.get(order);
        if (past != null) {
            past.ranSince = now;
        }
    }

    /** It failed while it carried the data. */
    void failed(int order, long now, long detectionMillis) {
        Past past = byOrder.computeIfAbsent(order, any -> new Past());
        if (past.ranSince < now - FORGIVEN_AFTER * millis(past.failures, detectionMillis)) {
            past.failures = 0;
        }
        past.failures++;
        past.ranSince = Long.MAX_VALUE;
    }

    /** Whether a link that works since then may take over from one that works. */
    boolean allows(int order, long goodSince, long now, long detectionMillis) {
        Past past = byOrder.get(order);
        return past == null || now - goodSince >= millis(past.failures, detectionMillis);
    }

    private static long millis(int failures, long detectionMillis) {
        return detectionMillis << Math.min(Math.max(failures - 1, 0), MOST_DOUBLINGS);
    }
}
