/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.port;

import org.osgi.annotation.versioning.ProviderType;

/** An open packet port, as a service; property {@link #PORT} is its TCP port. */
@ProviderType
public interface PacketPort {

    /** PID of its configuration. */
    String PID = "twinwall.firewall.embedded.port";

    /** Service property with the TCP port it listens on. */
    String PORT = "packet.port";

    /** TCP port it listens on. */
    int port();

    /** Connections refused since it opened, because eight were there. */
    long refused();

    /** Connections closed since it opened, because they sent something else than requests. */
    long garbage();
}
