/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.util.concurrent.locks.LockSupport;

import twinwall.bench.TcpFrames.Kind;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.Verdict;

/** First packets of new sessions at a steady pace, and how long each is inside the firewall, whether it waits there for the peer or not. */
final class NewSessions {

    private final EmbeddedFirewall firewall;
    private final TcpFrames frames = new TcpFrames();
    private final Latencies latencies = new Latencies();
    private int connection;

    /**
     * Of a firewall.
     *
     * @param first number of the first connection
     */
    NewSessions(EmbeddedFirewall firewall, int first) {
        this.firewall = firewall;
        this.connection = first;
    }

    /** Begins sessions for so many milliseconds. Returns what it has found once the last packet has left. */
    Answer begin(int perSecond, int millis) {
        long pause = 1_000_000_000L / Math.max(1, perSecond);
        long due = System.nanoTime();
        long end = due + millis * 1_000_000L;
        long held = 0;
        long refused = 0;
        while (due < end) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
                continue;
            }
            long begun = System.nanoTime();
            Verdict verdict = firewall.process(System.currentTimeMillis() * 1000, EmbeddedFirewall.INSIDE,
                    new Frame(frames.frame(Kind.SYN, connection++), 0, TcpFrames.LENGTH), this::left, begun);
            if (verdict.held()) {
                held++;
            } else {
                left(begun, verdict, null);
                refused += verdict.forwarded() ? 0 : 1;
            }
            due += pause;
        }
        while (firewall.confirmStatus().waiting() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
        Percentiles nanos = latencies.percentiles();
        return new Answer().with("count", nanos.count()).with("held", held).with("refused", refused).with("p50", nanos.p50())
                .with("p99", nanos.p99()).with("p999", nanos.p999()).with("max", nanos.max())
                .with("boundHit", firewall.confirmStatus().counts().get("bound-hit"))
                .with("fellBack", firewall.confirmStatus().counts().get("fell-back"));
    }

    private void left(long begun, Verdict verdict, Frame frame) {
        latencies.add(System.nanoTime() - begun);
    }
}
