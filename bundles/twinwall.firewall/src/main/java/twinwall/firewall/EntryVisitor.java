/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.io.IOException;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Visits the entries of a table.
 *
 * @param <E> the entry
 */
@ConsumerType
@FunctionalInterface
public interface EntryVisitor<E extends Record> {

    /** One entry. An exception ends the visit and is passed on. */
    void visit(E entry) throws IOException;
}
