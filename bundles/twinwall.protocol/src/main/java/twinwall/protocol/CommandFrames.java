/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;

/** Frames that wait as bytes until their connection takes them. */
final class CommandFrames {

    private CommandFrames() {
    }

    static byte[] goodbye(String reason) {
        ByteBuffer frame = ByteBuffer.allocate(Limits.TEXT + 16);
        frame.put((byte) FrameType.GOODBYE);
        Wire.putText(frame, reason);
        return written(frame);
    }

    /** A frame of octets only. */
    static byte[] of(int type, int... octets) {
        ByteBuffer frame = ByteBuffer.allocate(1 + octets.length);
        frame.put((byte) type);
        for (int octet : octets) {
            frame.put((byte) octet);
        }
        return written(frame);
    }

    /** The answer to an offer of a table that is not here. */
    static byte[] noHandler(int number, Offer offer) {
        ByteBuffer frame = ByteBuffer.allocate(40);
        frame.put((byte) FrameType.ACCEPT);
        Wire.putNumber(frame, number);
        frame.put((byte) Accept.Status.NO_HANDLER.ordinal());
        frame.putLong(offer.log());
        Wire.putNumber(frame, offer.number());
        for (int i = 0; i < 4; i++) {
            Wire.putNumber(frame, 0);
        }
        Wire.putText(frame, "");
        return written(frame);
    }

    private static byte[] written(ByteBuffer frame) {
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
