/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;

import twinwall.link.ProtocolException;

/**
 * A peer's answer to the offer of a table.
 *
 * @param status whether and how it takes entries
 * @param log the offered log it speaks of
 * @param offer number of the offer it answers
 * @param round counts how often the receiver has begun from nothing
 * @param received last sequence number it has
 * @param snapshotId snapshot it has begun to receive, 0 when none
 * @param snapshotReceived last position of it
 * @param reason why it takes none; empty when it does
 * @param takesGaps it understands snapshots of what it lacks
 */
record Accept(Status status, long log, long offer, long round, long received, long snapshotId, long snapshotReceived, String reason,
        boolean takesGaps) {

    /** Last byte of an accept, which firewalls of old do not write. */
    static final int TAKES_GAPS = 1;

    /** Whether and how entries are taken. On the wire: the place in this order. */
    enum Status {
        /** Go on after what was received; the peer has the whole table or a snapshot is under way. */
        RESUME,
        /** Begin with a snapshot. */
        SNAPSHOT,
        /** No handler for this table type. */
        NO_HANDLER,
        /** The handler failed or cannot read the layout. */
        FAILED
    }

    /** What follows the table's number. */
    static Accept read(ByteBuffer from) throws ProtocolException {
        int status = Wire.octet(from);
        if (status >= Status.values().length) {
            throw new ProtocolException("bad-accept", "unknown status " + status);
        }
        Accept accept = new Accept(Status.values()[status], Wire.eight(from), Wire.number(from), Wire.number(from), Wire.number(from),
                Wire.number(from), Wire.number(from), Wire.text(from, "a reason"),
                from.hasRemaining() && (Wire.octet(from) & TAKES_GAPS) != 0);
        if (accept.received() < 0 || accept.snapshotReceived() < 0) {
            throw new ProtocolException("bad-accept", "a number is out of range");
        }
        return accept;
    }
}
