/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import org.osgi.annotation.versioning.ConsumerType;

/** A service that hears of every role change of the local firewall, in order, and of the present role when it is registered. */
@ConsumerType
public interface RoleListener {

    /**
     * The role has changed. Called on one thread of the engine; the next change waits until this returns. When the firewall stops
     * forwarding, entries changed after this returned are not backed up by a switchover.
     */
    void roleChanged(RoleChange change);

    /**
     * The peer does now what the last change took from this firewall ({@link RoleChange#handsOver}). Called on the same thread, in order
     * with the changes. What came for this firewall meanwhile may be given to the peer.
     */
    default void handedOver() {
        // Most want to know the role only.
    }
}
