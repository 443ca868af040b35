/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.group.Role;

/**
 * The peer, as far as known.
 *
 * @param role null when it is down or was never heard
 * @param heardMillis since its last hello; -1 when it was never heard
 */
public record PeerState(Role role, boolean ready, int priority, long heardMillis) {
}
