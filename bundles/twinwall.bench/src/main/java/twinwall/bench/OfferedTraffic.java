/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.util.concurrent.locks.LockSupport;

import twinwall.bench.TcpFrames.Kind;
import twinwall.firewall.embedded.EmbeddedFirewall;

/**
 * New sessions offered at a steady pace, whether the firewall forwards just now or not: both firewalls of a pair are offered traffic, and
 * the one that is active takes it. Knows to the packet when forwarding began and ended.
 */
final class OfferedTraffic implements Runnable, AutoCloseable {

    private final EmbeddedFirewall firewall;
    private final TcpFrames frames = new TcpFrames();
    private final long pauseNanos;
    private final Thread thread = new Thread(this, "twinwall-bench-traffic");
    private int connection;
    private volatile boolean over;
    private volatile boolean forwarding;
    private volatile long begun;
    private volatile long firstForwarded;
    private volatile long lastForwarded;

    /**
     * Traffic to that firewall.
     *
     * @param first number of the first connection
     */
    OfferedTraffic(EmbeddedFirewall firewall, int first, int sessionsPerSecond) {
        this.firewall = firewall;
        this.connection = first;
        this.pauseNanos = 1_000_000_000L / sessionsPerSecond;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        while (!over) {
            offerOne();
            due += pauseNanos;
            long now = System.nanoTime();
            // After a pause of the machine the traffic goes on; it does not make up for it.
            due = Math.max(due, now - pauseNanos);
            if (due > now) {
                LockSupport.parkNanos(due - now);
            }
        }
    }

    private void offerOne() {
        if (!send(Kind.SYN)) {
            forwarding = false;
            return;
        }
        begun++;
        if (!forwarding) {
            firstForwarded = lastForwarded;
            forwarding = true;
        }
        send(Kind.SYN_ACK);
        send(Kind.ACK);
        connection++;
    }

    private boolean send(Kind kind) {
        boolean forwarded = SessionLoad.send(firewall, frames, kind, connection);
        if (forwarded) {
            lastForwarded = System.nanoTime();
        }
        return forwarded;
    }

    /** Returns once nothing is offered any more. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }

    Answer answer() {
        return new Answer().with("begun", begun).with("forwarding", forwarding).with("firstForwarded", firstForwarded)
                .with("lastForwarded", lastForwarded);
    }
}
