/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import twinwall.link.Connection;
import twinwall.link.Conversation;
import twinwall.link.ProtocolException;

/** A conversation that sends what the test puts in and keeps what comes. */
class Talk implements Conversation {

    final Connection connection;
    final BlockingQueue<byte[]> out = new LinkedBlockingQueue<>();
    final BlockingQueue<byte[]> in = new LinkedBlockingQueue<>();
    final CompletableFuture<String> closed = new CompletableFuture<>();
    final AtomicLong pulled = new AtomicLong();
    volatile UnaryOperator<byte[]> judge = frame -> frame;

    Talk(Connection connection) {
        this.connection = connection;
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] frame) {
        out.add(frame);
        connection.wake();
    }

    String next() throws InterruptedException {
        byte[] frame = in.poll(10, TimeUnit.SECONDS);
        return frame == null ? null : new String(frame, StandardCharsets.UTF_8);
    }

    @Override
    public boolean next(ByteBuffer into) {
        byte[] frame = out.poll();
        if (frame == null) {
            return false;
        }
        into.put(frame);
        pulled.addAndGet(frame.length);
        return true;
    }

    @Override
    public void received(ByteBuffer frame) throws ProtocolException {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        if (new String(bytes, StandardCharsets.ISO_8859_1).equals("unheard-of")) {
            throw new ProtocolException("unknown-frame", "never heard of it");
        }
        in.add(judge.apply(bytes));
    }

    @Override
    public void closed(String reason) {
        closed.complete(reason);
    }
}
