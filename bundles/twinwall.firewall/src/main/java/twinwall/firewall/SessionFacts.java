/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.util.Optional;

import org.osgi.annotation.versioning.ConsumerType;

/** What the entries of sessions, and of what belongs to one session, have in common: when they are due, and which of two is further. */
@ConsumerType
public interface SessionFacts {

    /** IP protocol number of the session. */
    int protocol();

    /** How far the session has come. */
    SessionState state();

    /** Whether the session is to or from the firewall itself. */
    boolean local();

    /** When the session was created, seconds since 1970. */
    long createdSeconds();

    /** Public source address and port of the session; empty when its source is not translated. */
    Optional<Endpoint4> translated();

    /** Whether the peer must know of the entry before the session is due, because it may hand out the same public address and port. */
    boolean early();
}
