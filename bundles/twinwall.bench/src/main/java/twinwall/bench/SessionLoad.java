/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import twinwall.bench.TcpFrames.Kind;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.Verdict;

/** Changes the firewall's session table by sending packets through the firewall, as clients and servers would. */
final class SessionLoad {

    /** Sessions that take a step together. More than may wait for the peer, or an entry's second change would replace its first. */
    static final int BLOCK = 100_000;

    private static final int LOOK_EVERY = 256;
    private static final long PAUSE_NANOS = 200_000;

    private final EmbeddedFirewall firewall;
    private final TcpFrames frames = new TcpFrames();
    private int next;
    private long refused;

    /** What came of it. */
    record Outcome(long packets, long refused, long nanos) {
    }

    /**
     * A load on that firewall.
     *
     * @param first number of the first connection; later ones follow
     */
    SessionLoad(EmbeddedFirewall firewall, int first) {
        this.firewall = firewall;
        this.next = first;
    }

    /** Sets up so many sessions, one after the other, as fast as the firewall takes them. */
    Outcome establish(int count) {
        refused = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++, next++) {
            send(Kind.SYN, next);
            send(Kind.SYN_ACK, next);
            send(Kind.ACK, next);
        }
        return new Outcome(3L * count, refused, System.nanoTime() - begin);
    }

    /**
     * Begins, sets up and ends sessions in blocks, so that every packet is a change of an entry of its own.
     *
     * @param lag how many changes the peer is behind; while that is more than {@code mostLag}, the load waits
     */
    Outcome churn(long millis, LongSupplier lag, long mostLag) {
        refused = 0;
        long packets = 0;
        long begin = System.nanoTime();
        long end = begin + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            int first = next;
            next = first + BLOCK;
            for (Kind kind : new Kind[] {Kind.SYN, Kind.SYN_ACK, Kind.ACK, Kind.RST}) {
                // A block is always ended, so that no session stays half-open.
                packets += step(kind, first, lag, mostLag);
            }
        }
        return new Outcome(packets, refused, System.nanoTime() - begin);
    }

    private long step(Kind kind, int first, LongSupplier lag, long mostLag) {
        for (int i = 0; i < BLOCK; i++) {
            if (i % LOOK_EVERY == 0) {
                while (lag.getAsLong() > mostLag) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            send(kind, first + i);
        }
        return BLOCK;
    }

    private void send(Kind kind, int connection) {
        if (!send(firewall, frames, kind, connection)) {
            refused++;
        }
    }

    static boolean send(EmbeddedFirewall firewall, TcpFrames frames, Kind kind, int connection) {
        return offer(firewall, frames, kind, connection).forwarded();
    }

    static Verdict offer(EmbeddedFirewall firewall, TcpFrames frames, Kind kind, int connection) {
        byte[] frame = frames.frame(kind, connection);
        int in = kind.fromClient() ? EmbeddedFirewall.INSIDE : EmbeddedFirewall.OUTSIDE;
        return firewall.process(micros(), in, new Frame(frame, 0, TcpFrames.LENGTH));
    }

    private static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
}
