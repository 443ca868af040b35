/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link;

import org.osgi.annotation.versioning.ProviderType;

/** What the engine gives a link: where its connections go. */
@ProviderType
public interface LinkUser {

    /** Name of the local firewall. Of the two, the one whose name sorts first connects, the other listens. */
    String localFirewall();

    /** Name of the peer firewall. */
    String peerFirewall();

    /**
     * A connection to the peer stands and, where the link is confidential, its identity is proved. Called on the
     * transport's thread for that connection, before anything is sent or received.
     */
    Conversation connected(Connection connection);
}
