/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import io.netty.channel.WriteBufferWaterMark;

/** What both sides ask of their sockets: little buffering, so that hellos are not late and a peer that stalls is noticed. */
final class Sockets {

    /** Asked of the kernel, which takes double for its own book-keeping. */
    static final int RECEIVE_BUFFER = 64 * 1024;

    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(FrameWriter.LOW_WATER, FrameWriter.HIGH_WATER);

    private Sockets() {
    }
}
