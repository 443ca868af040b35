/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import twinwall.link.ProtocolException;

/** Reads frames as far as tests look into them. */
final class Frames {

    private Frames() {
    }

    static int type(byte[] frame) {
        return frame[0] & 0xff;
    }

    /** The sender's number of the table that a table's frame is about. */
    static int table(byte[] frame) {
        return frame[1] & 0xff;
    }

    /** What a hello says of its sender. */
    static PeerHello hello(byte[] frame) {
        try {
            ByteBuffer in = ByteBuffer.wrap(frame);
            Wire.octet(in);
            Wire.number(in);
            Wire.number(in);
            return PeerHello.read(in, false);
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** Keys of the entries in a frame of changes or of a snapshot. */
    static List<String> keys(byte[] frame) {
        try {
            ByteBuffer in = ByteBuffer.wrap(frame);
            int type = Wire.octet(in);
            Wire.number(in);
            Wire.number(in);
            Wire.number(in);
            if (type == FrameType.CHANGES) {
                Wire.number(in);
            }
            List<String> keys = new ArrayList<>();
            EntryCodec.read(in, Wire.number(in)).forEach(entry -> keys.add(TestTable.text(entry.key())));
            return keys;
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }
}
