/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells a firewall on its packet path whether what it was last told by a {@link RoleListener} may still be acted on. A process that was
 * stopped for longer than the peer waits (a paused virtual machine, SIGSTOP, a long collection of garbage) must not forward beside
 * the peer that took over meanwhile, not even one packet: its role is stale before any thread of it could be told.
 */
@ProviderType
public interface ForwardingLease {

    /**
     * Whether the role last told holds at this moment. False when the engine was not running for so long that the peer may have taken
     * over; true again once the role is known anew. Takes no lock and makes no garbage: ask it for each packet.
     */
    boolean valid();
}
