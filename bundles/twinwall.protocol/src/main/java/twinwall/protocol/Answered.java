/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/** Whether the peer has an entry that somebody asked for with {@link TableReplica#put(byte[], byte[], byte[], Object)}. */
public enum Answered {

    /** The peer has applied this state of the entry or a later one. */
    APPLIED,

    /** There is no connection to the peer. */
    NO_PEER,

    /** The peer does not follow this table's changes. */
    NOT_FOLLOWED,

    /** Another state took its place before it was sent. */
    OVERTAKEN
}
