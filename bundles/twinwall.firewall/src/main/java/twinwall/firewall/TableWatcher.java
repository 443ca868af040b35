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

    /** An entry is gone. {@code last} is its last state. */
    void removed(E last);
}
