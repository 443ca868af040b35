/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link;

import org.osgi.annotation.versioning.ConsumerType;

/** One connection of a link, as the engine sees it. Methods may be called from any thread and never block. */
@ConsumerType
public interface Connection {

    /** Whether TLS with mutual authentication protects it. Sensitive tables are sent over no other. */
    boolean confidential();

    /** The peer's address, for logs. */
    String remote();

    /** There is (more) to send: the transport calls {@link Conversation#next} on its own thread soon. Cheap when repeated. */
    void wake();

    /**
     * Nothing has come for so long that the connection may be broken, in one direction or in both. The side that connects seeks another
     * one beside it, and goes on as {@link HeartbeatLink#open} says until that stands and replaces this one; the side that listens awaits
     * it. What still gets through here is delivered meanwhile.
     */
    void seekAnother();

    /** Closes the connection once what was accepted is sent, or at once when that takes longer than a second. */
    void close(String reason);
}
