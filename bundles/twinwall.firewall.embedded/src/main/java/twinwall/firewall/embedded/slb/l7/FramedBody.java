/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A body as its head says that it is framed (RFC 9112, section 6): chunks, a length, or up to the end of the connection. A body that ends
 * too early is an error, never a shorter body.
 */
final class FramedBody extends InputStream {

    private static final long TO_THE_END = -1;
    private static final int MOST_CHUNK_LINE = 4096;

    private final InputStream in;
    private final boolean chunked;
    private long left;
    private boolean first = true;
    private boolean ended;

    private FramedBody(InputStream in, boolean chunked, long left) {
        this.in = in;
        this.chunked = chunked;
        this.left = left;
        this.ended = left == 0 && !chunked;
    }

    /**
     * The body behind a head.
     *
     * @throws MalformedResponseException when the framing contradicts itself
     */
    static FramedBody of(ResponseHead head, InputStream in) throws MalformedResponseException {
        String coding = head.value("Transfer-Encoding");
        String length = head.value("Content-Length");
        if (coding != null) {
            if (!coding.strip().equalsIgnoreCase("chunked") || length != null) {
                throw new MalformedResponseException("Transfer-Encoding that is not only chunked, or beside a Content-Length");
            }
            return new FramedBody(in, true, 0);
        }
        if (length == null) {
            return new FramedBody(in, false, TO_THE_END);
        }
        if (!length.matches("[0-9]{1,18}")) {
            throw new MalformedResponseException("Content-Length is not one number");
        }
        return new FramedBody(in, false, Long.parseLong(length));
    }

    /** How long it is; -1 when that is not known before it ends. */
    long length() {
        return chunked ? TO_THE_END : left;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        Objects.checkFromIndexSize(from, most, into.length);
        if (!ended && chunked && left == 0) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        if (most == 0) {
            return 0;
        }
        int count = in.read(into, from, left == TO_THE_END ? most : (int) Math.min(most, left));
        if (count < 0) {
            if (left != TO_THE_END) {
                throw new MalformedResponseException("it ended in its body");
            }
            ended = true;
        } else if (left != TO_THE_END) {
            left -= count;
            ended = left == 0 && !chunked;
        }
        return count;
    }

    private void nextChunk() throws IOException {
        int[] room = {MOST_CHUNK_LINE};
        if (!first && !ResponseHead.line(in, room).isEmpty()) {
            throw new MalformedResponseException("a chunk longer than it says");
        }
        first = false;
        String size = ResponseHead.line(in, room).replaceFirst("[ \t]*(;.*)?$", "");
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw new MalformedResponseException("a chunk without a size");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            while (!ResponseHead.line(in, room).isEmpty()) {
                // trailers end here
            }
            ended = true;
        }
    }
}
