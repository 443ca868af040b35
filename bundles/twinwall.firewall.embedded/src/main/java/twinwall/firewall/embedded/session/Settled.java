/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.embedded.count.ReasonCounter;

/** How contests were settled here, see {@link Contest}. */
public enum Settled {

    /** A private address got another place: nothing was lost. */
    PLACE_MOVED,

    /** A private address lost its only place, because no other one was free. */
    PLACE_LOST,

    /** A subscriber lost a block of ports. */
    BLOCK_LOST,

    /** A session ended, because its public endpoint, place or block is another host's. */
    SESSION_ENDED;

    static ReasonCounter<Settled> counter() {
        return new ReasonCounter<>("contests", "What two firewalls had both given away while neither knew of the other.",
                Settled.class);
    }
}
