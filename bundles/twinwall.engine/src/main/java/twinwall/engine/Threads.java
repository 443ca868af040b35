/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine's threads: one clock, and a pool that is as large as handlers are busy. All daemons, all gone after {@link #close}. */
final class Threads implements AutoCloseable {

    private static final long GRACE_MILLIS = 1000;

    // Handlers and links come and go while the engine stops: what is asked for then is not done, and that is nobody's mistake.
    private final ExecutorService pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(),
            named("twinwall-engine-"), new ThreadPoolExecutor.DiscardPolicy());
    private final ScheduledExecutorService clock;

    Threads() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("twinwall-engine-clock-"),
                new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        clock = timer;
    }

    /** Milliseconds that only go forward; unrelated to the time of day. */
    static long now() {
        return System.nanoTime() / 1_000_000;
    }

    void run(Runnable task) {
        pool.execute(task);
    }

    void every(long millis, Runnable task) {
        clock.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    void after(long millis, Runnable task) {
        clock.schedule(() -> pool.execute(task), millis, TimeUnit.MILLISECONDS);
    }

    /** Runs tasks one at a time, in order, on whatever thread of the pool is free. */
    Executor lane() {
        return new Lane();
    }

    /** Lets handlers finish what they are at; those that do not are interrupted. */
    @Override
    public void close() {
        clock.shutdownNow();
        pool.shutdown();
        try {
            if (!pool.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private final class Lane implements Executor {

        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private boolean busy;

        @Override
        public void execute(Runnable task) {
            synchronized (waiting) {
                waiting.add(task);
                if (busy) {
                    return;
                }
                busy = true;
            }
            pool.execute(this::drain);
        }

        private void drain() {
            while (true) {
                Runnable task;
                synchronized (waiting) {
                    task = waiting.poll();
                    if (task == null) {
                        busy = false;
                        return;
                    }
                }
                task.run();
            }
        }
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
