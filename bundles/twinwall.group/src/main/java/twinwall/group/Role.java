/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import java.util.Locale;

/** What a firewall does in its hot standby group. */
public enum Role {

    /** Not yet known: the peer is being sought. Forwards nothing. */
    INITIALIZING,

    /** Processes services. */
    ACTIVE,

    /** Keeps the peer's entries and forwards nothing. */
    STANDBY,

    /** Processes services, as does the peer. */
    LOAD_BALANCING;

    /** As people read it: {@code active}, {@code load-balancing}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a firewall in this role processes services. */
    public boolean forwards() {
        return this == ACTIVE || this == LOAD_BALANCING;
    }
}
