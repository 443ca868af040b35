/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

import twinwall.link.Connection;
import twinwall.link.HeartbeatLink;
import twinwall.link.ProtocolException;

/** One end of a connection of a {@link TestLink}: frames arrive in order after a millisecond, or not at all. */
final class TestEnd implements Connection {

    final TestFirewall owner;
    final TestLink link;
    TestEnd other;
    Session session;
    boolean closed;
    /** Why the session wants it closed; null while it does not. */
    String closing;
    private final Deque<Frame> sent = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(HeartbeatLink.MAX_FRAME);
    private int sentBytes;

    private record Frame(byte[] bytes, long dueAt) {
    }

    TestEnd(TestFirewall owner, TestLink link) {
        this.owner = owner;
        this.link = link;
    }

    /** The next frame of the session, or null. */
    byte[] next(long now) {
        buffer.clear();
        if (closed || !session.next(buffer, now)) {
            return null;
        }
        buffer.flip();
        byte[] frame = new byte[buffer.remaining()];
        buffer.get(frame);
        return frame;
    }

    /** Takes frames from the session as long as the wire takes bytes. */
    void pull(long now) {
        while (!owner.stopped && sentBytes < link.bytesPerMilli) {
            byte[] frame = next(now);
            if (frame == null) {
                return;
            }
            link.group.tap.accept(this, frame);
            sent.add(new Frame(frame, now + 1));
            sentBytes += frame.length;
        }
    }

    /** Gives the other end what is due. */
    void deliver(long now) {
        while (!other.owner.stopped && !link.stalled && !link.deaf[1 - owner.me] && !sent.isEmpty() && sent.peek().dueAt <= now) {
            Frame frame = sent.poll();
            sentBytes -= frame.bytes.length;
            if (!other.closed) {
                other.receive(frame.bytes, now);
            }
        }
    }

    void receive(byte[] frame, long now) {
        try {
            session.received(ByteBuffer.wrap(frame), now);
        } catch (ProtocolException e) {
            link.group.faults.add(owner.name + ": " + e.reason() + ": " + e.getMessage());
            close(e.getMessage());
        }
    }

    /** The connection is gone, with what was on its way. */
    void cut(long now) {
        sent.clear();
        if (!closed) {
            closed = true;
            if (owner.stopped) {
                owner.unnoticed.add(() -> session.closed(link.group.now));
            } else if (!owner.dead) {
                session.closed(now);
            }
        }
    }

    @Override
    public boolean confidential() {
        return link.group.plan.confidential();
    }

    @Override
    public String remote() {
        return other.owner.name;
    }

    @Override
    public void wake() {
        // Asked at every step.
    }

    @Override
    public void seekAnother() {
        if (owner.me == 0) {
            link.seekAt = link.group.now;
        }
    }

    @Override
    public void close(String reason) {
        if (closing == null) {
            closing = reason;
        }
    }
}
