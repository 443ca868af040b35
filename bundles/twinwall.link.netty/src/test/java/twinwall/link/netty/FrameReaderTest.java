/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import twinwall.link.HeartbeatLink;
import twinwall.link.ProtocolException;

class FrameReaderTest {

    private final List<byte[]> frames = new ArrayList<>();
    private final FrameReader reader = new FrameReader(this::take);

    private boolean take(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        frames.add(bytes);
        return true;
    }

    private static byte[] stream(List<byte[]> frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (byte[] frame : frames) {
            out.writeInt(frame.length);
            out.write(frame);
        }
        return bytes.toByteArray();
    }

    @Test
    void framesComeOutWholeHoweverTheStreamIsCut() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<byte[]> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                byte[] frame = new byte[random.nextInt(8) == 0 ? HeartbeatLink.MAX_FRAME - random.nextInt(3) : 1 + random.nextInt(50)];
                random.nextBytes(frame);
                sent.add(frame);
            }
            byte[] stream = stream(sent);
            frames.clear();
            for (int at = 0; at < stream.length;) {
                int count = Math.min(stream.length - at, 1 + random.nextInt(random.nextBoolean() ? 5 : 40_000));
                reader.read(Unpooled.wrappedBuffer(stream, at, count));
                at += count;
            }
            assertThat(frames).as("seed " + seed).usingElementComparator(java.util.Arrays::compare).containsExactlyElementsOf(sent);
        }
    }

    @Test
    void aLengthOutOfBoundsIsRefusedBeforeTheFrameComes() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, HeartbeatLink.MAX_FRAME + 1, 0x47455420}) {
            byte[] header = ByteBuffer.allocate(4).putInt(length).array();
            assertThatThrownBy(() -> new FrameReader(this::take).read(Unpooled.wrappedBuffer(header))).isInstanceOf(ProtocolException.class)
                .extracting("reason").isEqualTo(length == 0 ? "frame-empty" : "frame-too-long");
            assertThatThrownBy(() -> {
                FrameReader inPieces = new FrameReader(this::take);
                inPieces.read(Unpooled.wrappedBuffer(header, 0, 3));
                inPieces.read(Unpooled.wrappedBuffer(header, 3, 1));
            }).isInstanceOf(ProtocolException.class);
        }
        assertThat(frames).isEmpty();
    }

    @Test
    void nothingIsHandedOnAfterTheTakerSaidStop() throws IOException {
        int[] taken = {0};
        FrameReader stopping = new FrameReader(frame -> ++taken[0] < 2);
        stopping.read(Unpooled.wrappedBuffer(stream(List.of(new byte[1], new byte[2], new byte[3]))));
        assertThat(taken[0]).isEqualTo(2);
    }

    @Test
    void garbageIsFramesOrRefusedAndNothingElse() {
        int refused = 0;
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            FrameReader fresh = new FrameReader(this::take);
            byte[] garbage = new byte[1 + random.nextInt(200)];
            random.nextBytes(garbage);
            if (random.nextBoolean()) {
                garbage[0] = 0;
                garbage[garbage.length > 1 ? 1 : 0] = 0;
            }
            try {
                fresh.read(Unpooled.wrappedBuffer(garbage));
            } catch (ProtocolException expected) {
                refused++;
            } catch (RuntimeException broken) {
                throw new AssertionError("seed " + seed, broken);
            }
        }
        assertThat(refused).isGreaterThan(500);
    }
}
