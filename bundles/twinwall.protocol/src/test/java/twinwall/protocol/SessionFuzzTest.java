/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import twinwall.link.ProtocolException;

/** Whatever bytes come: a {@link ProtocolException} or nothing, within bounded memory. */
class SessionFuzzTest {

    private static final int ROUNDS = 300;
    private static final int FRAMES = 200;

    @Test
    void randomFramesBeforeTheGreetingAreRefused() {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            Duo duo = new Duo(false, 0);
            for (int i = 0; i < 50; i++) {
                offer(duo.a, random(random), seed);
            }
            assertThat(duo.a.session.established()).as("seed %d", seed).isFalse();
        }
    }

    @Test
    void randomAndMutatedFramesAfterTheGreetingDoNoHarm() {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            Duo duo = new Duo(false, 0);
            List<byte[]> valid = validFrames(duo, random);
            for (int i = 0; i < FRAMES; i++) {
                byte[] frame = random.nextInt(3) == 0 ? random(random) : mutated(valid.get(random.nextInt(valid.size())), random);
                offer(duo.a, frame, seed);
                if (random.nextInt(10) == 0) {
                    duo.a.work();
                    duo.a.next();
                }
                assertThat(Probe.queuedBytes(duo.a.replica)).as("seed %d", seed).isLessThanOrEqualTo(Limits.QUEUED_BYTES);
            }
        }
    }

    @Test
    void aPeerThatSendsMoreThanItsWindowsIsCutOffBeforeMemoryGoes() {
        Duo duo = new Duo(false, 0);
        duo.settle();
        ByteBuffer frame = ByteBuffer.allocate(32 * 1024);
        String reason = null;
        for (long seq = 1; seq < 100_000 && reason == null; seq++) {
            frame.clear();
            frame.put((byte) FrameType.CHANGES);
            for (long number : new long[] {0, seq, 0, 0, 4_000_000}) {
                Wire.putNumber(frame, number);
            }
            EntryCodec.write(frame, new Entry(Duo.bytes("k"), new byte[Limits.VALUE], Entry.NOTHING, 4_000_000), 4_000_000);
            try {
                duo.a.session.received(frame.flip(), duo.now);
            } catch (ProtocolException e) {
                reason = e.reason();
            }
        }
        assertThat(reason).isEqualTo("window-exceeded");
        assertThat(Probe.queuedBytes(duo.a.replica)).isLessThanOrEqualTo(Limits.QUEUED_BYTES);
    }

    private static List<byte[]> validFrames(Duo duo, Random random) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            duo.b.change("k" + random.nextInt(20), "v" + i);
        }
        for (int i = 0; i < 6; i++) {
            for (byte[] frame = duo.b.next(); frame != null; frame = duo.b.next()) {
                frames.add(frame);
                duo.a.receive(frame);
            }
            duo.a.deliverTo(duo.b, 100);
            duo.a.work();
            duo.b.work();
            duo.b.change("k" + random.nextInt(20), "w" + i);
        }
        return frames;
    }

    private static void offer(Duo.Side side, byte[] frame, long seed) {
        try {
            side.session.received(ByteBuffer.wrap(frame), 1000);
        } catch (ProtocolException expected) {
            assertThat(expected.reason()).isNotEmpty();
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + java.util.HexFormat.of().formatHex(frame), e);
        }
    }

    private static byte[] random(Random random) {
        byte[] frame = new byte[1 + random.nextInt(60)];
        random.nextBytes(frame);
        if (random.nextBoolean()) {
            frame[0] = (byte) random.nextInt(0x28);
        }
        return frame;
    }

    private static byte[] mutated(byte[] valid, Random random) {
        byte[] frame = random.nextInt(4) == 0 ? java.util.Arrays.copyOf(valid, 1 + random.nextInt(valid.length)) : valid.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            frame[random.nextInt(frame.length)] = (byte) random.nextInt();
        }
        return frame;
    }
}
