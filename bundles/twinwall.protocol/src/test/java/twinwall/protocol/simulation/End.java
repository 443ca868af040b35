/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

import twinwall.link.Connection;
import twinwall.link.HeartbeatLink;
import twinwall.link.ProtocolException;
import twinwall.protocol.Session;

/** One end of a connection over a {@link Cable}: frames are pulled into a bounded buffer and arrive in order, or not at all. */
final class End implements Connection {

    final SimFirewall owner;
    final Cable cable;
    End other;
    Session session;
    boolean closed;
    /** The session asked to be closed. */
    boolean closing;
    /** When the end notices that the connection is broken, -1 while it is not. */
    long noticeAt = -1;
    private final World world;
    private final Deque<Frame> sent = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(HeartbeatLink.MAX_FRAME);
    private int sentBytes;
    /** Frames that still arrive; all while the connection stands. */
    private int arriving = Integer.MAX_VALUE;
    private long lastDue;

    private record Frame(byte[] bytes, long dueAt) {
    }

    End(World world, SimFirewall owner, Cable cable) {
        this.world = world;
        this.owner = owner;
        this.cable = cable;
    }

    /** Pulls up to this many frames. */
    boolean pull(int frames) {
        boolean any = false;
        for (int i = 0; i < frames && !closed && !owner.stopped && sentBytes < world.plan.inFlightBytes(); i++) {
            buffer.clear();
            if (!session.next(buffer, owner.now())) {
                break;
            }
            buffer.flip();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            world.trace(owner + " sends " + Cable.shown(bytes) + " on " + cable.order);
            lastDue = Math.max(lastDue, world.now + world.random.nextInt(World.LATENCY_MILLIS));
            sent.add(new Frame(bytes, lastDue));
            sentBytes += bytes.length;
            any = true;
        }
        return any;
    }

    /** Delivers what this end has sent to the other: what is due, or one frame early. */
    boolean deliver(boolean early) {
        boolean any = false;
        while (!sent.isEmpty() && arriving > 0 && !cable.silent && !cable.deaf[other.owner.me] && !other.owner.stopped
                && (early || sent.peek().dueAt <= world.now)) {
            Frame frame = sent.poll();
            sentBytes -= frame.bytes.length;
            if (arriving != Integer.MAX_VALUE) {
                arriving--;
            }
            any = true;
            if (!other.closed && !other.closing) {
                receive(frame.bytes);
            }
            if (early) {
                break;
            }
        }
        return any;
    }

    private void receive(byte[] bytes) {
        world.trace(other.owner + " receives " + Cable.shown(bytes) + " on " + cable.order);
        try {
            other.session.received(ByteBuffer.wrap(bytes), other.owner.now());
        } catch (ProtocolException e) {
            throw new AssertionError(e.reason() + ": " + e.getMessage() + " at " + other.owner + " in " + Cable.shown(bytes), e);
        }
    }

    /** The connection breaks: a tail of what was sent is lost, and this end will notice some time later. */
    void breaks(int arrive, long notice) {
        if (noticeAt < 0) {
            arriving = Math.min(arriving, Math.min(arrive, sent.size()));
            noticeAt = notice;
        }
    }

    int sentFrames() {
        return sent.size();
    }

    boolean drained() {
        return sent.isEmpty() || arriving == 0;
    }

    void noticed() {
        if (!closed) {
            closed = true;
            world.trace(owner + " connection " + cable.order + " closed");
            session.closed(owner.now());
        }
    }

    @Override
    public boolean confidential() {
        return true;
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
        cable.doubted = true;
    }

    @Override
    public void close(String reason) {
        if (!closed && !closing) {
            world.trace(owner + " closes " + cable.order + ": " + reason);
            closing = true;
        }
    }
}
