/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine's threads: one clock, and a pool that is as large as handlers are busy. All daemons, all gone after {@link #close}. */
final class Threads implements AutoCloseable {

    private final ExecutorService pool = Executors.newCachedThreadPool(named("twinwall-engine-"));
    private final ScheduledExecutorService clock;

    Threads() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("twinwall-engine-clock-"));
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

    @Override
    public void close() {
        clock.shutdownNow();
        pool.shutdownNow();
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
            if (!pool.isShutdown()) {
                pool.execute(this::drain);
            }
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
