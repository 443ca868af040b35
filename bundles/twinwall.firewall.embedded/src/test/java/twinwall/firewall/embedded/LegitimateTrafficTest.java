/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/**
 * Two TCP ends talk through a firewall, over links that lose and reorder, and the firewall is replaced by its peer now and then:
 * whatever they send after the handshake has to pass. Sequence numbers wrap on the way.
 */
class LegitimateTrafficTest {

    private static final int SEEDS = 60;
    private static final int STEPS = 1500;
    private static final int MOST_SEGMENT = 1400;

    /** A segment under way. */
    private record Segment(int sequence, int acknowledgement, int window, int data) {
    }

    /** One end: sends in order, keeps what comes in order, retransmits. */
    private static final class End {

        private final int shift;
        private int next;
        private int oldest;
        private int expected;
        private int edge;
        private int window;

        End(int first, int expected, int shift, int allowed) {
            this.next = first;
            this.oldest = first;
            this.expected = expected;
            this.shift = shift;
            this.edge = first + allowed;
            this.window = 30 * MOST_SEGMENT;
        }

        Segment send(Random random) {
            window = Math.max(20 * MOST_SEGMENT, Math.min(200 * MOST_SEGMENT, window + (random.nextInt(3) - 1) * 1000));
            int choice = random.nextInt(10);
            if (choice == 0 && oldest != next) {
                return segment(oldest, Math.min(MOST_SEGMENT, next - oldest));
            }
            int data = choice < 4 ? 0 : Math.min(1 + random.nextInt(MOST_SEGMENT), edge - next);
            Segment segment = segment(next, Math.max(0, data));
            next += segment.data;
            return segment;
        }

        private Segment segment(int sequence, int data) {
            return new Segment(sequence, expected, Math.min(65535, window >>> shift), data);
        }

        void receive(Segment segment, int otherShift) {
            if (segment.acknowledgement - oldest > 0) {
                oldest = segment.acknowledgement;
            }
            int offered = segment.acknowledgement + (segment.window << otherShift);
            if (offered - edge > 0) {
                edge = offered;
            }
            if (segment.sequence - expected <= 0 && segment.sequence + segment.data - expected > 0) {
                expected = segment.sequence + segment.data;
            }
        }
    }

    @Test
    void nothingThatFollowsTheRulesIsDropped() {
        long base = System.nanoTime();
        for (int i = 0; i < SEEDS; i++) {
            run(base + i);
        }
    }

    private static void run(long seed) {
        Random random = new Random(seed);
        int shift = random.nextInt(8);
        int client = random.nextInt();
        int server = random.nextInt();
        TestFirewall[] firewalls = {new TestFirewall(), new TestFirewall("forwarding", "false")};
        handshake(firewalls[0], client, server, shift);
        End[] ends = {new End(client + 1, server + 1, shift, 65535), new End(server + 1, client + 1, shift, 65535)};
        List<List<Segment>> before = List.of(new ArrayList<>(), new ArrayList<>());
        List<List<Segment>> behind = List.of(new ArrayList<>(), new ArrayList<>());
        int forwarding = 0;
        for (int step = 0; step < STEPS; step++) {
            int side = random.nextInt(2);
            before.get(side).add(ends[side].send(random));
            if (random.nextInt(4) > 0) {
                Segment segment = take(before.get(side), random);
                if (random.nextInt(20) > 0 && segment != null) {
                    pass(firewalls[forwarding], side, segment, seed, step);
                    behind.get(side).add(segment);
                }
            }
            Segment arrived = random.nextInt(4) == 0 ? null : take(behind.get(side), random);
            if (arrived != null && random.nextInt(20) > 0) {
                ends[1 - side].receive(arrived, shift);
            }
            if (random.nextInt(300) == 0) {
                forwarding = takeOver(firewalls, forwarding);
            }
            if (before.get(side).size() > 8) {
                before.get(side).clear();
            }
        }
    }

    private static int takeOver(TestFirewall[] firewalls, int from) {
        TestFirewall next = firewalls[1 - from];
        firewalls[from].firewall.setForwarding(false);
        firewalls[from].copyTo(next);
        next.firewall.setForwarding(true);
        return 1 - from;
    }

    private static Segment take(List<Segment> queue, Random random) {
        return queue.isEmpty() ? null : queue.remove(random.nextInt(Math.min(3, queue.size())));
    }

    private static void handshake(TestFirewall firewall, int client, int server, int shift) {
        firewall.inside(Frames.tcp(TestFirewall.CLIENT, 4000, TestFirewall.SERVER, 80, Frames.SYN, client, 0, 65535, shift, 0));
        firewall.outside(Frames.tcp(TestFirewall.SERVER, 80, TestFirewall.CLIENT, 4000, Frames.SYN | Frames.ACK, server, client + 1, 65535,
                shift, 0));
        firewall.inside(Frames.tcp(TestFirewall.CLIENT, 4000, TestFirewall.SERVER, 80, Frames.ACK, client + 1, server + 1,
                65535 >>> shift, -1, 0));
    }

    private static void pass(TestFirewall firewall, int side, Segment segment, long seed, int step) {
        byte[] frame = side == 0
                ? Frames.tcp(TestFirewall.CLIENT, 4000, TestFirewall.SERVER, 80, Frames.ACK, segment.sequence, segment.acknowledgement,
                        segment.window, -1, segment.data)
                : Frames.tcp(TestFirewall.SERVER, 80, TestFirewall.CLIENT, 4000, Frames.ACK, segment.sequence, segment.acknowledgement,
                        segment.window, -1, segment.data);
        Verdict verdict = side == 0 ? firewall.inside(frame) : firewall.outside(frame);
        assertThat(verdict.forwarded()).as("seed %d, step %d, side %d, %s: %s", seed, step, side, segment, verdict).isTrue();
    }
}
