/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import twinwall.link.Conversation;
import twinwall.link.HeartbeatLink;

/**
 * Pulls frames from a conversation while the peer takes bytes and sends them several at a time, so that TLS records are full.
 * <p>
 * It asks for a frame only while less than {@link #HIGH_WATER} bytes wait in the process, so that with the longest frame at most 48 KiB
 * do. The kernel's send buffer is small too ({@link #SEND_BUFFER}): a hello waits behind about 64 KiB, and what the peer's kernel holds.
 */
final class FrameWriter implements Runnable {

    static final int LOW_WATER = 8 * 1024;
    static final int HIGH_WATER = 16 * 1024;
    /** Asked of the kernel, which takes double for its own book-keeping. */
    static final int SEND_BUFFER = 32 * 1024;

    /** What one TLS record holds (RFC 8446, section 5.1). */
    private static final int RECORD = 16 * 1024;
    /** After so many bytes the event loop reads and serves other connections before it goes on. */
    private static final int TURN = 4 * RECORD;

    private final ChannelHandlerContext ctx;
    private final Channel channel;
    /** The JDK's cipher works on arrays, the socket on direct memory: a buffer of the other kind is copied once more. */
    private final boolean encrypted;
    private final Conversation conversation;
    private final Consumer<RuntimeException> failed;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ByteBuffer staged = ByteBuffer.allocate(RECORD + FrameReader.HEADER + HeartbeatLink.MAX_FRAME);
    private boolean hungry;
    private boolean stopped;
    private boolean pulling;

    FrameWriter(ChannelHandlerContext ctx, boolean encrypted, Conversation conversation, Consumer<RuntimeException> failed) {
        this.ctx = ctx;
        this.encrypted = encrypted;
        this.channel = ctx.channel();
        this.conversation = conversation;
        this.failed = failed;
    }

    /** There is more to send. Any thread, any number of times: one task is queued until it has run. */
    void wake() {
        if (!asked.get() && asked.compareAndSet(false, true)) {
            try {
                channel.eventLoop().execute(this);
            } catch (RejectedExecutionException expected) {
                // The event loop is gone, and the connection with it.
            }
        }
    }

    /** The event loop has come to it. What is reported from here on needs a new wake: the mark is cleared before the asking. */
    @Override
    public void run() {
        asked.set(false);
        hungry = true;
        pull();
    }

    /** No frame is asked for any more. What was accepted stays accepted. */
    void stop() {
        stopped = true;
    }

    /** Goes on when the peer takes bytes again. On the event loop. */
    void pull() {
        if (pulling || stopped) {
            return;
        }
        pulling = true;
        try {
            pullWhileTaken();
        } catch (RuntimeException broken) {
            staged.clear();
            failed.accept(broken);
        } finally {
            pulling = false;
        }
    }

    private void pullWhileTaken() {
        int taken = 0;
        while (hungry && !stopped) {
            if (channel.bytesBeforeUnwritable() <= staged.position()) {
                send(staged.position());
                if (!channel.isWritable()) {
                    return;
                }
            }
            if (taken >= TURN) {
                send(staged.position());
                wake();
                return;
            }
            int length = stageNext();
            hungry = length > 0;
            taken += length;
            if (staged.position() >= RECORD) {
                send(staged.position() / RECORD * RECORD);
            }
        }
        send(staged.position());
    }

    /** Puts the next frame behind those already staged. @return its length with the header, 0 when there is none */
    private int stageNext() {
        int start = staged.position();
        int body = start + FrameReader.HEADER;
        staged.limit(body + HeartbeatLink.MAX_FRAME).position(body);
        boolean more = conversation.next(staged);
        int end = staged.position();
        staged.clear();
        if (!more) {
            staged.position(start);
            return 0;
        }
        if (end <= body) {
            throw new IllegalStateException("the conversation gave a frame of no bytes");
        }
        staged.putInt(start, end - body).position(end);
        return end - start;
    }

    private void send(int count) {
        if (count == 0) {
            return;
        }
        ByteBuf out = encrypted ? ctx.alloc().heapBuffer(count) : ctx.alloc().directBuffer(count);
        out.writeBytes(staged.array(), 0, count);
        staged.flip().position(count);
        staged.compact();
        ctx.writeAndFlush(out, ctx.voidPromise());
    }
}
