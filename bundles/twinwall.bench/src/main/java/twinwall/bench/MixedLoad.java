/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import twinwall.firewall.embedded.EmbeddedFirewall;

/**
 * New flows of all {@link FlowKind kinds} at a steady pace, the same ones for the same seed, and what a failover at a random moment would
 * have done to them. A flow counts as protected when the peer has its session. By what this firewall knows: a flow is not protected when
 * its session is not due for backup, and as many of the others as entries lag are not either. So rather fewer are counted than really are:
 * an entry that lags may be of a flow that is over, or be on the peer in an earlier state that serves as well.
 */
final class MixedLoad {

    private static final double SAMPLES_PER_SECOND = 10;

    private final EmbeddedFirewall firewall;
    private final boolean quick;
    private final LongSupplier lag;
    private final SplittableRandom random;
    /** Of its own: how many samples there are depends on the machine, the flows must not. */
    private final SplittableRandom moments;
    private final PriorityQueue<MixedFlow> open = new PriorityQueue<>(Comparator.comparingLong(MixedFlow::nextAt));
    private final Ipv4Frame[] frames = new Ipv4Frame[18];
    private long flows;
    private long packets;
    private long refused;
    private long samples;
    private double sessionShares;
    private double packetShares;

    /**
     * A load on that firewall.
     *
     * @param quick whether quick backup is on: then every session is due
     * @param lag entries of sessions that the peer has not confirmed
     */
    MixedLoad(EmbeddedFirewall firewall, boolean quick, LongSupplier lag, long seed) {
        this.firewall = firewall;
        this.quick = quick;
        this.lag = lag;
        this.random = new SplittableRandom(seed);
        this.moments = random.split();
        frames[1] = new Ipv4Frame(1, 8);
        frames[6] = new Ipv4Frame(6, 20);
        frames[17] = new Ipv4Frame(17, 8);
    }

    /** Begins flows for so long, then ends them. A late packet is sent late, never left out. */
    Answer run(int first, int perSecond, long millis) {
        long begun = System.nanoTime();
        long end = begun + millis * 1_000_000;
        // Flows begin by their own clock, so that a slow machine has no fewer.
        long nextFlow = begun;
        long nextSample = begun + gap(moments, SAMPLES_PER_SECOND);
        while (nextFlow < end || !open.isEmpty()) {
            long now = System.nanoTime();
            long wake = Math.min(nextFlow < end ? nextFlow : Long.MAX_VALUE, open.isEmpty() ? Long.MAX_VALUE : open.peek().nextAt());
            if (wake > now) {
                LockSupport.parkNanos(wake - now);
            } else if (wake == nextFlow) {
                step(new MixedFlow(FlowKind.of(random.nextInt(100)), first + (int) flows++, nextFlow));
                nextFlow += gap(random, perSecond);
            } else {
                step(open.poll());
            }
            if (now >= nextSample && now < end) {
                sample();
                nextSample = now + gap(moments, SAMPLES_PER_SECOND);
            }
        }
        return answer(System.nanoTime() - begun);
    }

    /** Poisson arrivals. */
    private static long gap(SplittableRandom from, double perSecond) {
        return (long) (-Math.log(1 - from.nextDouble()) * 1e9 / perSecond);
    }

    private void step(MixedFlow flow) {
        Instant now = Instant.now();
        packets++;
        if (!flow.send(firewall, frames, now.getEpochSecond() * 1_000_000 + now.getNano() / 1000)) {
            refused++;
        } else if (flow.left() > 0) {
            open.add(flow);
        }
    }

    private void sample() {
        long due = 0;
        long dueLeft = 0;
        long left = 0;
        for (MixedFlow flow : open) {
            left += flow.left();
            if (quick || flow.due()) {
                due++;
                dueLeft += flow.left();
            }
        }
        if (!open.isEmpty()) {
            double safe = due == 0 ? 0 : 1 - (double) Math.min(due, lag.getAsLong()) / due;
            samples++;
            sessionShares += safe * due / open.size();
            packetShares += safe * dueLeft / left;
        }
    }

    private Answer answer(long nanos) {
        return new Answer().with("flows", flows).with("packets", packets).with("refused", refused).with("nanos", nanos)
                .with("samples", samples).with("safeSessionsPpm", ppm(sessionShares)).with("safePacketsPpm", ppm(packetShares));
    }

    private long ppm(double shares) {
        return samples == 0 ? 0 : Math.round(1e6 * shares / samples);
    }
}
