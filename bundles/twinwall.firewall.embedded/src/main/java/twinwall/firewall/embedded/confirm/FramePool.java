/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.confirm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import twinwall.firewall.embedded.Frame;

/** Room for frames that wait: so many, and so many octets, no more. Used under the firewall's lock only. */
final class FramePool {

    static final int MOST_FRAMES = 4096;
    static final int MOST_BYTES = 8 << 20;
    /** Nearly every frame fits in; larger ones have an array of their own. */
    static final int USUAL_BYTES = 2048;

    private final Deque<byte[]> free = new ArrayDeque<>();
    private int frames;
    private long bytes;

    /** A copy of a frame's first part, or null when there is no room. */
    byte[] copy(Frame frame) {
        int more = more(frame.more());
        int size = Math.max(USUAL_BYTES, frame.length);
        if (frames == MOST_FRAMES || bytes + size + more > MOST_BYTES) {
            return null;
        }
        frames++;
        bytes += size + more;
        byte[] copy = size == USUAL_BYTES && !free.isEmpty() ? free.pop() : new byte[size];
        System.arraycopy(frame.bytes, frame.offset, copy, 0, frame.length);
        return copy;
    }

    /** The frame has left. */
    void giveBack(HeldFrame frame) {
        frames--;
        bytes -= frame.bytes().length + more(frame.more());
        if (frame.bytes().length == USUAL_BYTES) {
            free.push(frame.bytes());
        }
    }

    private static int more(List<byte[]> more) {
        int octets = 0;
        for (byte[] each : more) {
            octets += each.length;
        }
        return octets;
    }

    /** Frames that wait. */
    int frames() {
        return frames;
    }
}
