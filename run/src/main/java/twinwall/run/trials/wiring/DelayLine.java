/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Bytes on their way, in order, each until its time has come. For a thread that puts and one that takes. */
final class DelayLine {

    private static final byte[] END = {};

    private final LinkedBlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();

    private record Chunk(byte[] bytes, long due) {
    }

    void put(byte[] bytes, int length, int millis) {
        chunks.add(new Chunk(Arrays.copyOf(bytes, length), System.nanoTime() + millis * 1_000_000L));
    }

    void end(int millis) {
        chunks.add(new Chunk(END, System.nanoTime() + millis * 1_000_000L));
    }

    /** The next bytes once they are due; null at the end. */
    byte[] take() throws InterruptedException {
        Chunk next = chunks.take();
        for (long left = next.due - System.nanoTime(); left > 0; left = next.due - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
        return next.bytes == END ? null : next.bytes;
    }
}
