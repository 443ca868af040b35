/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import twinwall.link.Connection;
import twinwall.link.HeartbeatLink;
import twinwall.protocol.Member;
import twinwall.protocol.Session;

/** Two members joined by a connection whose frames are handed over by one thread. */
final class InMemoryLink implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Session left;
    private final Session right;

    InMemoryLink(Member one, Member other) {
        End toOther = new End(thread);
        End toOne = new End(thread);
        left = one.connected(toOther, 0, Threads.now());
        right = other.connected(toOne, 0, Threads.now());
        toOther.between(left, right);
        toOne.between(right, left);
        toOther.wake();
        toOne.wake();
    }

    @Override
    public void close() {
        thread.execute(() -> {
            left.closed(Threads.now());
            right.closed(Threads.now());
        });
        thread.shutdown();
    }

    private static final class End implements Connection {

        private final Executor thread;
        private volatile Session from;
        private volatile Session to;

        End(Executor thread) {
            this.thread = thread;
        }

        void between(Session sender, Session receiver) {
            from = sender;
            to = receiver;
        }

        @Override
        public boolean confidential() {
            return true;
        }

        @Override
        public String remote() {
            return "memory";
        }

        @Override
        public void wake() {
            if (from == null) {
                return;
            }
            try {
                thread.execute(this::pump);
            } catch (RejectedExecutionException expected) {
                // The link is closed.
            }
        }

        private void pump() {
            ByteBuffer frame = ByteBuffer.allocate(HeartbeatLink.MAX_FRAME);
            try {
                while (from.next(frame, Threads.now())) {
                    to.received(frame.flip(), Threads.now());
                    frame.clear();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void seekAnother() {
            // Nothing is ever lost here.
        }

        @Override
        public void close(String reason) {
            // The tests close both ends together.
        }
    }
}
