/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import java.time.Instant;

/**
 * The local firewall's role changed.
 *
 * @param share what this firewall may hand out from now on
 * @param reason one line for people, for example {@code peer fw-a missed 5 hellos}
 * @param localPriority priority of this firewall, higher becomes active
 * @param peerPriority last known priority of the peer, -1 when never heard
 * @param handsOver whether this firewall gives away work that its peer does not do yet: {@link RoleListener#handedOver} tells when it does,
 *     another change when it will not
 */
public record RoleChange(Role from, Role to, Share share, String reason, Instant at, int localPriority, int peerPriority,
        boolean handsOver) {

    /** One that hands nothing over. */
    public RoleChange(Role from, Role to, Share share, String reason, Instant at, int localPriority, int peerPriority) {
        this(from, to, share, reason, at, localPriority, peerPriority, false);
    }
}
