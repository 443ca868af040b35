/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of the changes of one table. Called on the packet path: returns soon and never blocks.
 *
 * @param <E> the entry
 */
@ConsumerType
public interface TableWatcher<E extends Record> {

    /** An entry is new, or something other than its soft facts has changed. */
    void changed(E entry);

    /**
     * As {@link #changed(Record)}, for a firewall that waits until the peer has the entry. Default: nobody can tell.
     *
     * @param answer is told once
     */
    default void changed(E entry, PeerAnswer answer) {
        changed(entry);
        answer.done(PeerAnswer.Outcome.UNKNOWN);
    }

    /** An entry is gone. {@code last} is its last state. */
    void removed(E last);
}
