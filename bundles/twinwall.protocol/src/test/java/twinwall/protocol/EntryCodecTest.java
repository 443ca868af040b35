/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import twinwall.link.HeartbeatLink;
import twinwall.link.ProtocolException;

/** Entries in a frame. */
class EntryCodecTest {

    private final ByteBuffer buffer = ByteBuffer.allocate(HeartbeatLink.MAX_FRAME);

    @RepeatedTest(100)
    void entriesComeBackWithinTheSizeThatWasReserved(RepetitionInfo repetition) throws ProtocolException {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        long base = stamp(random);
        List<Entry> entries = new ArrayList<>();
        long previous = base;
        for (int i = 0; i < random.nextInt(10); i++) {
            Entry entry = entry(random);
            int before = buffer.position();
            EntryCodec.write(buffer, entry, previous);
            assertThat(buffer.position() - before).as("seed %d", seed).isLessThanOrEqualTo(
                    EntryCodec.size(entry.key().length, entry.removed() ? 0 : entry.value().length, entry.soft().length));
            previous = entry.stamp();
            entries.add(entry);
        }
        buffer.flip();
        List<Entry> read = EntryCodec.read(buffer, base);
        assertThat(read).as("seed %d", seed).usingRecursiveComparison().isEqualTo(entries);
    }

    @RepeatedTest(20)
    void alteredBytesGiveEntriesOrAProtocolException(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            buffer.clear();
            EntryCodec.write(buffer, entry(random), 1);
            EntryCodec.write(buffer, entry(random), 1);
            byte[] bytes = new byte[random.nextInt(buffer.position()) + 1];
            buffer.flip().get(bytes);
            bytes[random.nextInt(Math.min(bytes.length, 40))] = (byte) random.nextInt();
            try {
                for (Entry entry : EntryCodec.read(ByteBuffer.wrap(bytes), 1)) {
                    assertThat(entry.stamp()).as("seed %d", seed).isBetween(1L, (1L << 57) - 1);
                    assertThat(entry.key().length).as("seed %d", seed).isBetween(1, Limits.KEY);
                }
            } catch (ProtocolException e) {
                assertThat(e.reason()).as("seed %d", seed).isIn("bad-entry", "cut-frame", "over-limit", "bad-number");
            }
        }
    }

    @Test
    void theLargestEntryFitsIntoAFrame() throws ProtocolException {
        Entry largest = new Entry(new byte[Limits.KEY], new byte[Limits.VALUE], new byte[Limits.SOFT], (1L << 57) - 1);
        EntryCodec.write(buffer, largest, 1);
        buffer.flip();
        assertThat(EntryCodec.read(buffer, 1)).hasSize(1);
    }

    @Test
    void aRemovalTravelsWithoutAValue() throws ProtocolException {
        EntryCodec.write(buffer, new Entry(new byte[] {7}, null, Entry.NOTHING, 10), 10);
        assertThat(buffer.position()).as("flags, stamp, length, key").isEqualTo(4);
        buffer.flip();
        Entry entry = EntryCodec.read(buffer, 10).get(0);
        assertThat(entry.removed()).isTrue();
        assertThat(entry.soft()).isEmpty();
    }

    @Test
    void unknownFlagsAreRefused() {
        refused(new byte[] {4, 0, 1, 7, 0}, 10, "unknown flags 4 in an entry");
    }

    @Test
    void anEmptyKeyIsRefused() {
        refused(new byte[] {0, 0, 0, 0}, 10, "an empty key");
    }

    @Test
    void aStampOutOfRangeIsRefused() {
        refused(new byte[] {0, 1, 1, 7, 0}, 1, "a stamp is out of range");
        refused(new byte[] {0, 2, 1, 7, 0}, (1L << 57) - 1, "a stamp is out of range");
    }

    private static void refused(byte[] bytes, long base, String message) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> EntryCodec.read(ByteBuffer.wrap(bytes), base))
                .withMessage(message).extracting(ProtocolException::reason).isEqualTo("bad-entry");
    }

    private static Entry entry(Random random) {
        byte[] key = new byte[1 + random.nextInt(40)];
        random.nextBytes(key);
        byte[] value = random.nextInt(4) == 0 ? null : new byte[random.nextInt(300)];
        byte[] soft = random.nextInt(3) == 0 ? new byte[random.nextInt(Limits.SOFT + 1)] : Entry.NOTHING;
        return new Entry(key, value, soft, stamp(random));
    }

    private static long stamp(Random random) {
        return Math.max(1, random.nextLong() >>> 7 + random.nextInt(57));
    }
}
