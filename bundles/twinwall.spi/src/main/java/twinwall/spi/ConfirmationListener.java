/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears what became of an entry that was put with {@link ChangeSink#putConfirmed}. */
@FunctionalInterface
@ConsumerType
public interface ConfirmationListener {

    /**
     * It is known. Called once, from within {@code putConfirmed} or later on a thread of the engine, which serves all entries of the
     * table: returns soon, never blocks for long and throws nothing.
     */
    void done(Confirmation confirmation);
}
