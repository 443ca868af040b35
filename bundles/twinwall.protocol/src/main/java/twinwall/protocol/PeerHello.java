/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.group.Role;

/** What the peer said of itself in a hello. */
record PeerHello(Role role, int priority, boolean ready, boolean delivered) {

    /** Flag: the sender would lose nothing that it knows of by taking over. */
    static final int READY = 1;
    /** Flag: all tables of the sender are at the receiver. */
    static final int DELIVERED = 2;
}
