/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.io.IOException;

import org.osgi.annotation.versioning.ConsumerType;

/** What an {@link Applier} does to the table itself: calls to a table handler, made without holding a lock. */
@ConsumerType
public interface TableAccess {

    /** Opens the table for entries of the peer's layout. */
    void open(int schema, byte[] layout) throws IOException;

    /** Adds or replaces an entry. */
    void put(byte[] key, byte[] value, byte[] soft) throws IOException;

    /** Removes an entry. */
    void remove(byte[] key) throws IOException;

    /** Which of two values is further: positive {@code mine}, negative {@code theirs}, 0 undecided. */
    int compare(byte[] key, byte[] mine, byte[] theirs);

    /** Shows every entry that is due for backup; their soft facts need not be right. */
    void visit(EntryVisitor visitor) throws IOException;
}
