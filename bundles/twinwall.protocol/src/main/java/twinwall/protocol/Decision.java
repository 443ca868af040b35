/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.group.Role;

/**
 * A change of the local role.
 *
 * @param reason for people
 * @param cause of what the peer granted, else null
 */
record Decision(Role from, Role to, String reason, Why why, Cause cause) {

    /** What brought a change of the local role about. */
    enum Why {
        /** What both say of themselves. */
        RULES,
        /** The peer is there no more, or has lost what it had. */
        PEER_LOST,
        /** The peer has handed something over. */
        GRANTED,
        /** This firewall hands something over. */
        GIVES,
        /** It has again what it wanted to hand over. */
        BACK
    }
}
