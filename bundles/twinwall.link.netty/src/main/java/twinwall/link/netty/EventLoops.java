/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The threads of all links: made for the first link that needs them, and ended when the last one is gone. Service component runtime counts
 * the links, because this component is not immediate.
 */
@Component(service = EventLoops.class)
public final class EventLoops implements AutoCloseable {

    private static final int THREADS = 2;
    private static final long CLOSE_MILLIS = 5_000;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final EventLoopGroup group;

    /** Starts no thread: each starts with the first link on it. */
    @Activate
    public EventLoops() {
        ThreadFactory factory = task -> {
            Thread thread = new FastThreadLocalThread(task, "twinwall-link-" + (threads.size() + 1));
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
        this.group = new MultiThreadIoEventLoopGroup(THREADS, factory, NioIoHandler.newFactory());
    }

    /** What a {@link NettyLink} runs on. */
    public EventLoopGroup group() {
        return group;
    }

    /** Ends the threads; returns when they are gone, after five seconds at the latest. */
    @Override
    @Deactivate
    public void close() {
        group.shutdownGracefully(0, CLOSE_MILLIS / 2, TimeUnit.MILLISECONDS);
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
