/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import org.osgi.annotation.versioning.ConsumerType;

/** How a firewall that holds a packet back hears whether the peer has an entry that the packet needs there. */
@FunctionalInterface
@ConsumerType
public interface PeerAnswer {

    /** Whether the peer has the entry. */
    enum Outcome {

        /** The peer has it, in this state or a later one. */
        ON_PEER,

        /** It is not due for backup now: the peer does not get it. */
        NOT_DUE,

        /** The peer is not there, or went meanwhile. */
        NO_PEER,

        /** The peer does not follow the changes of this table just now, or never. */
        NOT_FOLLOWED,

        /** Another state of the entry took its place before it was sent. */
        OVERTAKEN,

        /** Whoever watches cannot tell. */
        UNKNOWN
    }

    /**
     * It is known. Called once, at the latest when the peer is gone: from within {@link TableWatcher#changed(Record, PeerAnswer)}, or
     * later on another thread, which returns soon.
     */
    void done(Outcome outcome);
}
