/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * Work that a firewall hands to its peer.
 *
 * @param share only the peer's half, both process services afterwards; else everything
 * @param reason for people: the reason for the giver's new role
 */
record Move(boolean share, Cause cause, String reason) {

    /** Whether somebody waits for a verdict. */
    boolean commanded() {
        return cause == Cause.COMMAND || cause == Cause.STOP;
    }
}
