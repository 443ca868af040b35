/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

    private final EventLoopGroup group;

    /** Starts no thread: each starts with the first link on it. */
    @Activate
    public EventLoops() {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = task -> {
            Thread thread = new FastThreadLocalThread(task, "twinwall-link-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        this.group = new MultiThreadIoEventLoopGroup(THREADS, threads, NioIoHandler.newFactory());
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
            group.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
