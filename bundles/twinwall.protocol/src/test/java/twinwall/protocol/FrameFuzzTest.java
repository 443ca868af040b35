/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.USUAL;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import twinwall.link.ProtocolException;

/**
 * Whatever bytes a peer sends: a {@link ProtocolException} or nothing, within bounded memory, and with the next process of that peer
 * everything is in sync again.
 * <p>
 * {@code -Dtwinwall.seed=N} plays one round again, {@code -Dtwinwall.rounds=N} more of them.
 */
class FrameFuzzTest {

    private static final int ROUNDS = Integer.getInteger("twinwall.rounds", 300);
    private static final int FRAMES = 100;
    private static final long BACKLOG = 100_000;

    /** Frames of a real exchange, to fw-a and to fw-b. */
    private static final List<List<byte[]>> REAL = List.of(new ArrayList<>(), new ArrayList<>());

    private int taken;
    private int refused;

    @BeforeAll
    static void recordARealExchange() {
        TestGroup group = new TestGroup(USUAL.links(2));
        group.tap = (end, frame) -> REAL.get(1 - end.owner.me).add(frame);
        for (int i = 0; i < 300; i++) {
            group.a.table("sessions").set("k" + i, "v".repeat(i % 50));
            group.b.table("blacklist").set("b" + i, "v");
        }
        group.untilQuiet();
        group.run(500);
        group.a.table("sessions").delete("k1");
        group.b.table("sessions").set("k2", "other");
        group.a.member.quickBackup(true);
        group.a.member.sync();
        group.run(100);
        group.b.table("blacklist").handlerGoes();
        group.run(100);
        group.b.table("blacklist").handlerComes(TestGroup.urgent("blacklist"));
        group.run(100);
        group.a.member.switchover(group.now);
        group.run(500);
        group.a.member.messages().send("packets", new byte[300]);
        group.b.member.messages().send("packets", new byte[9]);
        group.run(10);
        group.b.member.switchover(group.now);
        group.run(500);
        group.a.member.stop("shutdown");
        group.b.member.stop("shutdown");
        group.run(10);
        for (List<byte[]> frames : REAL) {
            assertThat(frames.stream().map(Frames::type).distinct().toList()).contains(FrameType.GREETING, FrameType.GOODBYE,
                    FrameType.HELLO, FrameType.WATERMARKS, FrameType.OFFER, FrameType.ACCEPT, FrameType.CHANGES,
                    FrameType.SNAPSHOT_BEGIN, FrameType.SNAPSHOT_ENTRIES, FrameType.SNAPSHOT_END, FrameType.CONFIRM,
                    FrameType.MESSAGE);
        }
    }

    @Test
    void anythingBeforeTheGreetingIsRefusedAndDoesNoHarm() {
        rounds(1, false);
        assertThat(refused).isGreaterThan(ROUNDS * FRAMES / 2);
    }

    @Test
    void anythingAfterTheGreetingIsTakenOrRefusedAndDoesNoHarm() {
        rounds(1_000_001, true);
        assertThat(taken).isGreaterThan(ROUNDS * FRAMES / 4);
        assertThat(refused).isGreaterThan(ROUNDS * FRAMES / 20);
    }

    private void rounds(long firstSeed, boolean greeted) {
        Long only = Long.getLong("twinwall.seed");
        for (long seed = only == null ? firstSeed : only; seed < (only == null ? firstSeed + ROUNDS : only + 1); seed++) {
            try {
                round(new Random(seed), greeted);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("again with -Dtwinwall.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private void round(Random random, boolean greeted) {
        TestGroup group = new TestGroup(USUAL.backlog(BACKLOG));
        TestFirewall attacked = random.nextBoolean() ? group.a : group.b;
        group.step();
        if (greeted) {
            group.run(1 + random.nextInt(150));
        }
        for (int i = 0; i < FRAMES; i++) {
            TestLink link = group.links.get(0);
            while (link.a == null || greeted && !link.end(attacked).session.established()) {
                group.step();
            }
            if (!accepts(link.end(attacked), frame(random, REAL.get(attacked.me)), group.now)) {
                link.cut();
            } else if (greeted && random.nextInt(3) == 0) {
                attacked.table("blacklist").set("b" + random.nextInt(50), "v" + i);
                group.run(random.nextInt(4));
            } else if (!greeted) {
                // The next frame comes as a first one again.
                link.cut();
            }
            Probe.assertBounded(attacked, BACKLOG);
        }
        recovers(group, attacked);
    }

    private boolean accepts(TestEnd end, byte[] frame, long now) {
        try {
            end.session.received(ByteBuffer.wrap(frame), now);
            taken++;
            return end.closing == null;
        } catch (ProtocolException e) {
            assertThat(e.reason()).isNotBlank();
            refused++;
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(e + " by " + HexFormat.of().formatHex(frame), e);
        }
    }

    /** The peer's next process is a correct one. */
    private static void recovers(TestGroup group, TestFirewall attacked) {
        group.faults.clear();
        group.links.get(0).cut();
        TestFirewall next = group.restart(attacked == group.a ? group.b : group.a);
        group.untilQuiet();
        attacked.table("sessions").set("after", "v1");
        attacked.table("blacklist").set("after", "v1");
        group.untilQuiet();
        // What was there before may be gone: a peer that is trusted may remove entries.
        assertThat(next.table("sessions").content).containsEntry("after", "v1");
        assertThat(next.table("blacklist").content).containsEntry("after", "v1");
        group.assertEqualTables();
    }

    private static byte[] frame(Random random, List<byte[]> real) {
        byte[] frame = real.get(random.nextInt(real.size()));
        return switch (random.nextInt(8)) {
            case 0 -> random(random);
            case 1 -> Arrays.copyOf(frame, random.nextInt(frame.length + 1));
            case 2 -> Arrays.copyOf(frame, frame.length + 1 + random.nextInt(20));
            case 3 -> spliced(frame, real.get(random.nextInt(real.size())), random);
            default -> altered(frame.clone(), random);
        };
    }

    private static byte[] random(Random random) {
        byte[] frame = new byte[random.nextInt(60)];
        random.nextBytes(frame);
        if (frame.length > 0 && random.nextBoolean()) {
            frame[0] = (byte) random.nextInt(0x26);
        }
        return frame;
    }

    private static byte[] spliced(byte[] head, byte[] tail, Random random) {
        byte[] frame = Arrays.copyOf(head, Math.min(head.length, 1 + random.nextInt(12)) + tail.length);
        System.arraycopy(tail, 0, frame, frame.length - tail.length, tail.length);
        return frame;
    }

    /** Mostly near the beginning, where lengths and numbers are. */
    private static byte[] altered(byte[] frame, Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? frame.length : Math.min(frame.length, 16));
            frame[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) 0xff;
                case 1 -> 0;
                case 2 -> (byte) (frame[at] ^ 1 << random.nextInt(8));
                default -> (byte) random.nextInt();
            };
        }
        return frame;
    }
}
