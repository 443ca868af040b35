/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One heartbeat link to the peer, implemented by a transport and registered as an OSGi service.
 * <p>
 * The engine opens links in the order of {@link #order()}; the first that is ready carries the data, all carry hellos.
 */
@ConsumerType
public interface HeartbeatLink {

    /** Most bytes in one frame, without what the transport puts around it. */
    int MAX_FRAME = 32 * 1024;

    /** Name of the link in status and logs. */
    String name();

    /** Place in the order of links, lowest first. */
    int order();

    /** Whether the link is kept for heartbeats: it never carries data, whatever becomes of the other links. */
    default boolean heartbeatOnly() {
        return false;
    }

    /**
     * Starts to seek the peer and goes on until closed: a connection that is lost is sought again by the
     * transport, with a pause between tries.
     *
     * @return stops the link, closes its connection, and returns when nothing of it is left
     */
    AutoCloseable open(LinkUser user);

    /** What an operator reads about this link just now. */
    LinkReport report();
}
