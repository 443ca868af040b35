/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static twinwall.protocol.TestGroup.USUAL;

import java.nio.ByteBuffer;

import twinwall.link.ProtocolException;

/**
 * Frames of a peer that is trusted and says whatever it likes, after a correct greeting. An input: a byte that chooses the attacked
 * firewall, then frames, each behind its length in two bytes.
 */
public final class SessionFuzz {

    private static final long BACKLOG = 100_000;
    private static final int GREETED_MILLIS = 30;
    private static final int MOST_FRAMES = 40;

    private SessionFuzz() {
    }

    /** Fails unless each frame is taken or refused with a {@link ProtocolException}, within bounded memory. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ByteBuffer frames = ByteBuffer.wrap(input);
        TestGroup group = new TestGroup(USUAL.backlog(BACKLOG));
        TestFirewall attacked = (frames.get() & 1) == 0 ? group.a : group.b;
        group.run(GREETED_MILLIS);
        for (int i = 0; i < MOST_FRAMES && frames.remaining() > 2; i++) {
            byte[] frame = new byte[Math.min(frames.getShort() & 0xffff, frames.remaining())];
            frames.get(frame);
            TestLink link = group.links.get(0);
            if (link.a == null) {
                return;
            }
            try {
                link.end(attacked).session.received(ByteBuffer.wrap(frame), group.now);
            } catch (ProtocolException e) {
                link.cut();
            }
            Probe.assertBounded(attacked, BACKLOG);
            group.run(1);
        }
    }
}
