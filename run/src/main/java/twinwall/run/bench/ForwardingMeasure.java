/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.util.List;
import java.util.Map;

import twinwall.bench.TcpFrames;
import twinwall.bench.TcpFrames.Kind;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.Frame;

/** Packets a second that the embedded firewall forwards on one core: established IPv4 TCP sessions, packets of both directions in turn. */
final class ForwardingMeasure implements Measure {

    private static final int SESSIONS = 10_000;
    private static final int ROUNDS = 5;
    private static final int BATCH = 1000;

    @Override
    public String name() {
        return "forwarding";
    }

    @Override
    public String about() {
        return "packets/s of the embedded firewall on one core";
    }

    @Override
    public List<Row> run(Workshop workshop) {
        EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.of(Map.of("forwarding", "true", "clock", "packets")));
        byte[][] packets = new byte[2 * SESSIONS][];
        TcpFrames frames = new TcpFrames();
        for (int i = 0; i < SESSIONS; i++) {
            for (Kind kind : new Kind[] {Kind.SYN, Kind.SYN_ACK, Kind.ACK}) {
                process(firewall, frames.frame(kind, i), kind.fromClient(), 1);
            }
            packets[2 * i] = frames.frame(Kind.ACK, i).clone();
            packets[2 * i + 1] = frames.frame(Kind.SERVER_ACK, i).clone();
        }
        long nanos = (workshop.quick() ? 500_000_000L : 2_000_000_000L);
        double best = 0;
        double worst = Double.MAX_VALUE;
        // The first round warms up.
        for (int round = 0; round <= ROUNDS; round++) {
            double rate = rate(firewall, packets, nanos);
            if (round > 0) {
                best = Math.max(best, rate);
                worst = Math.min(worst, rate);
            }
        }
        String what = "established IPv4 packets forwarded on one core, slowest of " + ROUNDS + " rounds";
        return List.of(Row.of(name(), what, worst, "packets/s").against(Target.atLeast(1_000_000))
                .with("fastestRound", best).with("sessions", SESSIONS)
                .with("packetBytes", TcpFrames.LENGTH));
    }

    private static double rate(EmbeddedFirewall firewall, byte[][] packets, long nanos) {
        long begin = System.nanoTime();
        long end = begin + nanos;
        long micros = 2_000_000;
        long done = 0;
        long now = begin;
        for (int at = 0; now < end; at = (at + BATCH) % packets.length) {
            micros += 10;
            for (int i = at; i < at + BATCH; i++) {
                process(firewall, packets[i], (i & 1) == 0, micros);
            }
            done += BATCH;
            now = System.nanoTime();
        }
        return done * 1e9 / (now - begin);
    }

    private static void process(EmbeddedFirewall firewall, byte[] packet, boolean fromClient, long micros) {
        int in = fromClient ? EmbeddedFirewall.INSIDE : EmbeddedFirewall.OUTSIDE;
        if (!firewall.process(micros, in, new Frame(packet)).forwarded()) {
            throw new IllegalStateException("the firewall dropped a packet that it should forward");
        }
    }
}
