/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.group.Role;

/**
 * Notices that the peer has taken over because it does not hear this firewall, although this one hears it. The peer cannot know of this
 * firewall, so this one must yield, whatever the priorities. Guarded by its {@link Member}.
 */
final class Unheard {

    private long since = -1;

    /** The peer says this of itself. One look is not enough: hellos that waited on a link while it was cut may come late, all at once. */
    boolean mustYield(Role own, PeerHello hello, long now, long intervalMillis) {
        if (!own.forwards() || hello.role() != Role.ACTIVE || !hello.deaf()) {
            since = -1;
            return false;
        }
        if (since < 0) {
            since = now;
        }
        return now - since >= intervalMillis;
    }
}
