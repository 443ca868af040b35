/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.util.concurrent.locks.LockSupport;

import twinwall.bench.TcpFrames.Kind;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.Verdict;

/**
 * Packets of established TCP sessions at a steady pace, offered whether the firewall forwards just now or not. Remembers when the last
 * refused ones came, to the packet, and counts those that were taken for the peer, and those of the peer that left here. A packet that is
 * late because the machine paused is sent late, not left out.
 */
final class SteadyPackets implements Runnable, AutoCloseable {

    private static final int REMEMBERED = 1 << 16;

    private final EmbeddedFirewall firewall;
    private final TcpFrames frames = new TcpFrames();
    private final int sessions;
    private final long pauseNanos;
    private final long[] refusedAt = new long[REMEMBERED];
    private final Thread thread = new Thread(this, "twinwall-bench-packets");
    private volatile boolean over;
    private boolean forwarding;
    private long forwarded;
    private long refused;
    private long redirected;
    private long departed;
    private long firstForwarded;
    private long lastForwarded;

    /** Of connections 0 to {@code sessions - 1}, which are established already. */
    SteadyPackets(EmbeddedFirewall firewall, int sessions, int perSecond) {
        this.firewall = firewall;
        this.sessions = sessions;
        this.pauseNanos = 1_000_000_000L / perSecond;
        thread.setDaemon(true);
    }

    void start() {
        firewall.outlet((number, verdict, frame) -> departed(verdict));
        thread.start();
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        for (long number = 0; !over; number++) {
            while (due > System.nanoTime()) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            note(SessionLoad.offer(firewall, frames, number % 2 == 0 ? Kind.ACK : Kind.SERVER_ACK, (int) (number % sessions)));
            due += pauseNanos;
        }
    }

    private synchronized void departed(Verdict verdict) {
        departed += verdict.forwarded() ? 1 : 0;
    }

    private synchronized void note(Verdict verdict) {
        long now = System.nanoTime();
        boolean went = verdict.forwarded();
        if (went) {
            forwarded++;
            firstForwarded = forwarding ? firstForwarded : now;
            lastForwarded = now;
        } else if (verdict.redirected()) {
            redirected++;
        } else {
            refusedAt[(int) (refused++ % REMEMBERED)] = now;
        }
        forwarding = went;
    }

    /** How many were refused after the one moment and until the other, of the last 65536 refused. */
    synchronized long refusedBetween(long from, long to) {
        long count = 0;
        for (long number = Math.max(0, refused - REMEMBERED); number < refused; number++) {
            long at = refusedAt[(int) (number % REMEMBERED)];
            count += at > from && at <= to ? 1 : 0;
        }
        return count;
    }

    synchronized Answer answer() {
        return new Answer().with("forwarded", forwarded).with("refused", refused).with("redirected", redirected)
                .with("departed", departed).with("forwarding", forwarding)
                .with("firstForwarded", firstForwarded).with("lastForwarded", lastForwarded);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}
