/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import twinwall.record.samples.Everything;
import twinwall.record.samples.Versions;

/** Bytes from anyone end in an entry or in a {@link RecordFormatException}. */
class FuzzTest {

    private static final RecordCodec<Everything> CODEC = RecordCodec.of(Everything.class);
    private static final RecordCodec<Versions.New> OTHER = RecordCodec.of(Versions.New.class);
    private static final int SEEDS = 4_000;

    @Test
    void randomBytesAreRefusedOrReadInOneFormOnly() {
        each((random, seed) -> readAndCompare(random(random), random(random), random(random)));
    }

    @Test
    void changedEntriesAreRefusedOrReadInOneFormOnly() {
        each((random, seed) -> {
            Everything entry = Samples.everything(random);
            readAndCompare(changed(CODEC.key(entry), random), changed(CODEC.value(entry), random), changed(CODEC.soft(entry), random));
        });
    }

    @Test
    void changedLayoutsAreRefusedOrReadable() {
        each((random, seed) -> {
            byte[] layout = changed(random.nextBoolean() ? CODEC.layout() : OTHER.layout(), random);
            RecordReader<Everything> reader = CODEC.reader(layout);
            Everything entry = Samples.everything(random);
            reader.entry(changed(CODEC.key(entry), random), changed(CODEC.value(entry), random), changed(CODEC.soft(entry), random));
        });
    }

    @Test
    void randomLayoutsAreRefused() {
        each((random, seed) -> {
            byte[] layout = random(random);
            if (layout.length > 1) {
                layout[0] = 1;
                layout[1] = 33;
            }
            CODEC.reader(layout);
            fail("a random layout has no such key");
        });
    }

    @Test
    void aListThatClaimsMuchTakesNoMemory() {
        RecordCodec<Versions.Old> codec = RecordCodec.of(Versions.Old.class);
        byte[] value = new byte[RecordReader.MAX_SECTION];
        byte[] lengths = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
        System.arraycopy(lengths, 0, value, 4, lengths.length);
        assertThat(refusal(() -> codec.entry(new byte[] {0}, value, new byte[0]))).contains("'parts'").contains("not below");
        byte[] many = new byte[RecordReader.MAX_SECTION];
        many[4] = (byte) 0x90;
        many[5] = 0x4e;
        assertThat(refusal(() -> codec.entry(new byte[] {0}, many, new byte[0]))).contains("more than 4096 list elements");
    }

    private interface Reading {
        void read() throws IOException;
    }

    private static String refusal(Reading reading) {
        try {
            reading.read();
        } catch (IOException e) {
            return e.getMessage();
        }
        return fail("was read");
    }

    private static void readAndCompare(byte[] key, byte[] value, byte[] soft) throws RecordFormatException {
        Everything entry = CODEC.entry(key, value, soft);
        assertThat(CODEC.key(entry)).isEqualTo(key);
        assertThat(CODEC.value(entry)).isEqualTo(value);
        assertThat(soft.length == 0 || Arrays.equals(CODEC.soft(entry), soft)).isTrue();
        CODEC.describe(key, value, soft);
    }

    private interface Attempt {
        void run(Random random, int seed) throws RecordFormatException;
    }

    private static void each(Attempt attempt) {
        int refused = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                attempt.run(new Random(seed), seed);
            } catch (RecordFormatException e) {
                assertThat(e).hasMessageMatching("(?s).*[a-z].*");
                refused++;
            } catch (RuntimeException | AssertionError | OutOfMemoryError | StackOverflowError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(refused).isPositive();
    }

    private static byte[] random(Random random) {
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 8 : 200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] changed(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int changes = random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> bytes = Arrays.copyOf(bytes, bytes.length + 1);
            }
        }
        return bytes;
    }
}
