/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.redirect;

import twinwall.settings.Settings;

/**
 * Which packets the peer gets to forward.
 *
 * @param asymmetric {@code asymmetric}: what becomes, in load balancing, of a packet of no session here that may be one of the peer's;
 *     default {@code drop}
 * @param packetsPerSecond {@code redirect_packets_per_s}: how many of those the peer gets in a second at most, 1 to 1000000; default 20000
 * @param handoverMillis {@code handover_hold_ms}: for how long after this firewall has stopped, because the peer takes its work, packets
 *     that still come are kept for the peer or given to it; 0 to 5000, 0 for none; default 1000
 */
public record RedirectSettings(Asymmetric asymmetric, int packetsPerSecond, int handoverMillis) {

    /** What becomes of a packet whose session may be the peer's. */
    public enum Asymmetric {

        /** It is dropped. */
        DROP,

        /** It is given to the peer, which forwards it if the session is there. */
        REDIRECT
    }

    /** From a configuration. */
    public static RedirectSettings from(Settings from) {
        return new RedirectSettings(from.choice("asymmetric", Asymmetric.class, Asymmetric.DROP),
                (int) from.number("redirect_packets_per_s", 1, 1_000_000, 20_000), (int) from.number("handover_hold_ms", 0, 5000, 1000));
    }

    /** Whether packets of the peer's sessions are given to it. */
    public boolean redirects() {
        return asymmetric == Asymmetric.REDIRECT;
    }
}
