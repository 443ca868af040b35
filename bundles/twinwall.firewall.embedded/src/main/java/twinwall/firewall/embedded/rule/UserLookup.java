/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.rule;

import twinwall.firewall.OnlineUser;
import twinwall.firewall.embedded.packet.Packet;

/** Says who is online at a packet's source. */
@FunctionalInterface
public interface UserLookup {

    /** Nobody is. */
    UserLookup NOBODY = packet -> null;

    /** The user at the packet's source, {@code null} when nobody is. */
    OnlineUser at(Packet packet);
}
