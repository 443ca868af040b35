/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;

import twinwall.link.ProtocolException;

/**
 * A peer's offer of a table.
 *
 * @param number counts the offers of this table; the answer repeats it
 * @param open what the handler is opened with
 * @param log unique number of the table's life in the peer's process
 * @param firstClock where the stamps of this log begin
 * @param kept the sender has no handler for it: it offers what it keeps for the receiver
 * @param origin of the sender's handler
 */
record Offer(long number, Work.Open open, long log, long firstClock, boolean kept, HandlerOrigin origin) {

    /** What follows the table's type. */
    static Offer read(ByteBuffer from) throws ProtocolException {
        int schema = Wire.number(from, Integer.MAX_VALUE, "a schema");
        long log = Wire.eight(from);
        long number = Wire.number(from);
        long firstClock = Wire.clock(from);
        Work.Open open = new Work.Open(schema, Wire.bytes(from, Limits.LAYOUT, "a layout"));
        // Not told by those who keep nothing.
        boolean kept = from.hasRemaining() && Wire.octet(from) != 0;
        return new Offer(number, open, log, firstClock, kept, HandlerOrigin.read(from));
    }
}
