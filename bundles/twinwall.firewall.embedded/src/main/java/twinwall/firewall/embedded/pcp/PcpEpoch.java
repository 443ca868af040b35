/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import twinwall.firewall.embedded.session.FirewallTime;

/**
 * The epoch time: seconds since the server's mappings began to be (RFC 6887, section 8.5). A client that sees it jump takes its mappings
 * for lost. A firewall that starts begins at 0; every mapping of the peer says what the peer's epoch time is at that moment, and the
 * longer of the two counts. So it goes on over a failover, whatever the two clocks say, and begins anew when both firewalls have lost the
 * mappings.
 */
final class PcpEpoch {

    private static final long SECOND = 1_000_000;

    private final FirewallTime time;
    private long since;
    private boolean timeKnown;

    PcpEpoch(FirewallTime time) {
        this.time = time;
    }

    /** The first time that is told is when it begins, less what the peer has said before. */
    void age() {
        if (!timeKnown && time.started()) {
            timeKnown = true;
            since += time.now();
        }
    }

    /** Seconds since it began. */
    long seconds() {
        return ((timeKnown ? time.now() : 0) - since) / SECOND;
    }

    /** What a mapping of the peer says. */
    void heard(long seconds) {
        long bounded = Math.max(0, Math.min(seconds, 0xffffffffL));
        since = Math.min(since, (timeKnown ? time.now() : 0) - bounded * SECOND);
    }
}
