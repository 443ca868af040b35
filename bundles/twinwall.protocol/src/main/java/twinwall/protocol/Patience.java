/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * For how long one table waits for others. A table that hangs, or is flooded, must not hold up those that need it: after a while they go
 * on without it, until it has caught up.
 */
final class Patience {

    /** A table that the peer has whole is kept up to date. */
    private static final long WHOLE_MILLIS = 2_000;
    /** One that it does not have yet has nothing to lose but time. */
    private static final long NOT_WHOLE_MILLIS = 10_000;

    private final Map<TableReplica, Long> since = new HashMap<>();
    private final Set<TableReplica> givenUp = new HashSet<>();
    private long times;

    /** Whether to wait for this table, which is in the way. */
    boolean waits(TableReplica needed, boolean whole, long now) {
        if (givenUp.contains(needed)) {
            return false;
        }
        long waited = now - since.computeIfAbsent(needed, of -> now);
        if (waited < (whole ? WHOLE_MILLIS : NOT_WHOLE_MILLIS)) {
            return true;
        }
        givenUp.add(needed);
        times++;
        return false;
    }

    /** It has caught up. */
    void caughtUp(TableReplica needed) {
        since.remove(needed);
        givenUp.remove(needed);
    }

    /** Nothing waits. */
    void nothingWaits() {
        since.clear();
    }

    /** How often a table was not waited for any longer. */
    long times() {
        return times;
    }

    /** Whether there is one that is not waited for. */
    boolean over() {
        return !givenUp.isEmpty();
    }
}
