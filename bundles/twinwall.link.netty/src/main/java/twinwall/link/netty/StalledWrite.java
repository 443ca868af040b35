/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** Notices that a peer has taken no byte for too long although there are some for it. Looks a few times per limit, not at each write. */
final class StalledWrite implements Runnable {

    private static final int LOOKS = 8;

    private final Channel channel;
    private final long limitNanos;
    private final Runnable stalled;
    private Object lastMessage;
    private long lastProgress;
    private long since = System.nanoTime();

    StalledWrite(Channel channel, int limitMillis, Runnable stalled) {
        this.channel = channel;
        this.limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
        this.stalled = stalled;
    }

    void start() {
        channel.eventLoop().schedule(this, limitNanos / LOOKS, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        if (out == null) {
            return;
        }
        Object message = out.current();
        long progress = message == null ? 0 : out.currentProgress();
        long now = System.nanoTime();
        if (message == null || message != lastMessage || progress != lastProgress) {
            lastMessage = message;
            lastProgress = progress;
            since = now;
        } else if (now - since >= limitNanos) {
            stalled.run();
            return;
        }
        start();
    }
}
