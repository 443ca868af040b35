/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * How the same table stands on the peer, as far as the peer has told.
 *
 * @param schema of the entries that the peer's handler writes; -1 when it has none, or has never told
 * @param origin of the peer's handler
 */
public record PeerTable(Standing standing, int schema, HandlerOrigin origin) {

    static final PeerTable NONE = new PeerTable(Standing.NO_HANDLER, -1, HandlerOrigin.UNKNOWN);

    /** Whether the peer backs the table up. */
    public enum Standing {
        /** The peer has not said it over the present link; schema and origin are what it said last. */
        UNKNOWN,
        /** No handler is there, and nothing is kept. */
        NO_HANDLER,
        /** No handler is there; entries are kept until there is one. */
        KEPT,
        /** A handler is there and takes entries. */
        WORKING,
        /** A handler is there and cannot take entries. */
        FAILED
    }
}
