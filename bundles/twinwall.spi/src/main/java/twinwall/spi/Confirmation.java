/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.spi;

/** Whether the peer has an entry that was put with {@link ChangeSink#putConfirmed}. */
public enum Confirmation {

    /** The peer's handler has taken the entry, in this state or a later one. What it refuses for itself, it has taken. */
    CONFIRMED,

    /** There is no link to the peer, or it was lost meanwhile. The peer gets the change when it is back. */
    NO_PEER,

    /** The peer does not follow the changes of this table: it has no handler for it, or gets the table with a snapshot. */
    NOT_FOLLOWED,

    /** Before this state was sent, something else took its place: the peer's own state of the entry, or a new start of the table. */
    OVERTAKEN
}
