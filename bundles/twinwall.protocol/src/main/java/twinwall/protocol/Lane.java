/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/** How urgent the changes of a table are just now. */
enum Lane {
    /** Nothing to send. */
    NONE,
    /** Before all others: quick backup, removals, tables marked urgent. */
    URGENT,
    /** Gathered changes. */
    CHANGES
}
