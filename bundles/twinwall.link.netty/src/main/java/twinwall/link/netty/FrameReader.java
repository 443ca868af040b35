/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.nio.ByteBuffer;

import io.netty.buffer.ByteBuf;
import twinwall.link.HeartbeatLink;
import twinwall.link.ProtocolException;

/**
 * Cuts a stream of bytes into frames: a length of four bytes, big-endian, from 1 to {@link HeartbeatLink#MAX_FRAME}, then the frame.
 * <p>
 * A frame that came whole is handed on where it lies; one that came in pieces is gathered in a buffer that is as long as the longest
 * frame and made when first needed. A length is judged before anything is done about it.
 */
final class FrameReader {

    static final int HEADER = Integer.BYTES;

    /** Takes the frames. */
    interface Taker {

        /**
         * One whole frame.
         *
         * @param frame from position to limit, only valid during the call
         * @return false when the connection is closed: what follows is dropped
         */
        boolean frame(ByteBuffer frame) throws ProtocolException;
    }

    private final Taker taker;
    private ByteBuffer pieces;

    FrameReader(Taker taker) {
        this.taker = taker;
    }

    void read(ByteBuf bytes) throws ProtocolException {
        if (!bytes.isReadable()) {
            return;
        }
        ByteBuffer in = bytes.nioBuffer();
        int end = in.limit();
        boolean open = true;
        while (open && in.hasRemaining()) {
            if (gathering() || in.remaining() < HEADER || in.remaining() < HEADER + length(in)) {
                open = gather(in);
            } else {
                int next = in.position() + HEADER + length(in);
                in.position(in.position() + HEADER).limit(next);
                open = taker.frame(in);
                in.limit(end).position(next);
            }
        }
    }

    private boolean gathering() {
        return pieces != null && pieces.position() > 0;
    }

    private boolean gather(ByteBuffer in) throws ProtocolException {
        if (pieces == null) {
            pieces = ByteBuffer.allocate(HEADER + HeartbeatLink.MAX_FRAME);
        }
        fill(in, HEADER);
        if (pieces.position() < HEADER) {
            return true;
        }
        int whole = HEADER + checked(pieces.getInt(0));
        fill(in, whole);
        if (pieces.position() < whole) {
            return true;
        }
        pieces.flip().position(HEADER);
        boolean open = taker.frame(pieces);
        pieces.clear();
        return open;
    }

    private void fill(ByteBuffer in, int upTo) {
        int count = Math.min(in.remaining(), upTo - pieces.position());
        if (count > 0) {
            pieces.put(pieces.position(), in, in.position(), count);
            pieces.position(pieces.position() + count);
            in.position(in.position() + count);
        }
    }

    private static int length(ByteBuffer in) throws ProtocolException {
        return checked(in.getInt(in.position()));
    }

    private static int checked(int length) throws ProtocolException {
        if (length == 0) {
            throw new ProtocolException("frame-empty", "a frame of no bytes");
        }
        if (length < 0 || length > HeartbeatLink.MAX_FRAME) {
            throw new ProtocolException("frame-too-long",
                "a frame that claims " + Integer.toUnsignedLong(length) + " bytes, more than " + HeartbeatLink.MAX_FRAME);
        }
        return length;
    }
}
