/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureReaderTest {

    private static final byte[] FRAME = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0x08, 0, 0x45, 99};

    private List<String> remarks;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"0xa1b2c3d4, 7, 7000009", "0xa1b23c4d, 7, 7000000"})
    void bothByteOrdersAndBothResolutionsOfPcapAreRead(String magic, int seconds, long micros) throws IOException {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            List<CapturedFrame> frames = read(new CaptureFile(order).pcap(Long.decode(magic).intValue(), 1).packet(seconds, 9, FRAME));

            assertThat(frames).hasSize(1);
            assertThat(frames.get(0).frame()).isEqualTo(FRAME);
            assertThat(frames.get(0).timeMicros()).isEqualTo(micros);
            assertThat(remarks).isEmpty();
        }
    }

    @Test
    void kuznetzovsVariantHasLongerPacketHeaders() throws IOException {
        CaptureFile file = CaptureFile.little().pcap(PcapFormat.MAGIC_KUZNETZOV, 1);
        for (int i = 0; i < 2; i++) {
            file.packet(1, 2, new byte[0]);
            byte[] soFar = file.toBytes();
            // The length belongs to the packet header just written; the eight further bytes and the frame follow.
            soFar[soFar.length - 8] = (byte) FRAME.length;
            file = CaptureFile.little().bytes(soFar).bytes(new byte[8]).bytes(FRAME);
        }

        assertThat(read(file)).hasSize(2).allSatisfy(frame -> assertThat(frame.frame()).isEqualTo(FRAME));
    }

    @Test
    void everyKindOfPcapngPacketBlockIsReadInEverySection() throws IOException {
        CaptureFile big = new CaptureFile(ByteOrder.BIG_ENDIAN).section().describe(1, 0).enhanced(0, 30, FRAME).simple(16, FRAME);
        CaptureFile both = CaptureFile.little().section().describe(1, 0).enhanced(0, 10, FRAME).obsolete(0, 20, FRAME)
                .block(0x0bad, CaptureFile.little().body(8)).bytes(big.toBytes());

        List<CapturedFrame> frames = read(both);

        assertThat(frames).extracting(CapturedFrame::timeMicros).containsExactly(10L, 20L, 30L, 30L);
        assertThat(frames).allSatisfy(frame -> assertThat(frame.frame()).isEqualTo(FRAME));
    }

    @ParameterizedTest
    @CsvSource({"6, 5, 5", "9, 5000, 5", "3, 5, 5000", "0, 5, 5000000", "138, 1024, 1000000", "12, 5000000, 5", "255, 1, 0"})
    void timesFollowTheInterfacesResolution(int resolution, long time, long micros) throws IOException {
        byte[] options = {9, 0, 1, 0, (byte) resolution, 0, 0, 0, 0, 0, 0, 0};

        assertThat(read(CaptureFile.little().section().describe(1, 0, options).enhanced(0, time, FRAME)).get(0).timeMicros())
                .isEqualTo(micros);
    }

    @Test
    void aTimeOffsetIsAddedInSecondsAndNeverLeadsBelowZero() throws IOException {
        byte[] plusTwo = {14, 0, 8, 0, 2, 0, 0, 0, 0, 0, 0, 0};
        byte[] minusTwo = {14, 0, 8, 0, -2, -1, -1, -1, -1, -1, -1, -1};

        List<CapturedFrame> frames = read(CaptureFile.little().section().describe(1, 0, plusTwo).describe(1, 0, minusTwo)
                .enhanced(0, 5, FRAME).enhanced(1, 5, FRAME));

        assertThat(frames).extracting(CapturedFrame::timeMicros).containsExactly(2_000_005L, 0L);
    }

    @Test
    void aSimplePacketEndsAtTheSnapLength() throws IOException {
        List<CapturedFrame> frames = read(CaptureFile.little().section().describe(1, 14).simple(1500, FRAME));

        assertThat(frames.get(0).frame()).hasSize(14);
    }

    @ParameterizedTest
    @CsvSource({"0, 02000000, 0800", "0, 00000002, 0800", "0, 1e000000, 86dd", "108, 0000001c, 86dd", "0, 07000000, 88b5",
        "101, '', 0800", "12, '', 0800", "228, '', 0800", "229, '', 86dd",
        "113, 00000001000600000000000000000800, 0800", "276, 86dd0000000000020001000600000000000000ff, 86dd"})
    void whatIsNotEthernetGetsAnEthernetHeader(int link, String header, String type) throws IOException {
        byte[] ip = {0x45, 1, 2, 3};
        byte[] captured = HexFormat.of().parseHex(header + "45010203");

        byte[] frame = read(CaptureFile.little().pcap(PcapFormat.MAGIC_MICROS, link).packet(1, 0, captured)).get(0).frame();

        assertThat(HexFormat.of().formatHex(frame, 12, 14)).isEqualTo(type);
        assertThat(Arrays.copyOfRange(frame, 14, frame.length)).isEqualTo(ip);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101, 113, 276})
    void aPacketShorterThanItsLinkHeaderIsNotIp(int link) throws IOException {
        byte[] frame = read(CaptureFile.little().pcap(PcapFormat.MAGIC_MICROS, link).packet(1, 0)).get(0).frame();

        assertThat(HexFormat.of().formatHex(frame, 12, 14)).isEqualTo("88b5");
    }

    @Test
    void gzipIsUnpackedOnTheWay() throws IOException {
        byte[] packed = gzip(CaptureFile.little().pcap(PcapFormat.MAGIC_MICROS, 1).packet(1, 0, FRAME).toBytes());

        assertThat(read(CaptureFile.little().bytes(packed))).hasSize(1);
    }

    @Test
    void aTruncatedFileGivesWhatWasWholeAndSaysWhereItEnded() throws IOException {
        byte[] whole = CaptureFile.little().pcap(PcapFormat.MAGIC_MICROS, 1).packet(1, 0, FRAME).packet(2, 0, FRAME).toBytes();

        List<CapturedFrame> frames = read(CaptureFile.little().bytes(Arrays.copyOf(whole, whole.length - 3)));

        assertThat(frames).hasSize(1);
        assertThat(remarks).singleElement().asString().contains("test.pcap ends at byte 85", "in the middle of packet 2", "The 1 packets");
    }

    @Test
    void aTruncatedGzipFileGivesWhatWasWhole() throws IOException {
        CaptureFile many = CaptureFile.little().pcap(PcapFormat.MAGIC_MICROS, 1);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] noise = new byte[100];
            random.nextBytes(noise);
            many.packet(i, 0, noise);
        }
        byte[] packed = gzip(many.toBytes());

        List<CapturedFrame> frames = read(CaptureFile.little().bytes(Arrays.copyOf(packed, packed.length / 2)));

        assertThat(frames).hasSizeBetween(100, 1999);
        assertThat(remarks).singleElement().asString().contains("ends at byte");
    }

    @Test
    void aBlockThatClaimsTwoGibibytesIsNotBelieved() throws IOException {
        CaptureFile file = CaptureFile.little().section().describe(1, 0).enhanced(0, 1, FRAME)
                .bytes((byte) 6, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0x80).bytes(new byte[50]);

        assertThat(read(file)).hasSize(1);
        assertThat(remarks).singleElement().asString().contains("claims 2147483648 bytes");
    }

    @Test
    void aFrameLongerThanAnyPacketIsCut() throws IOException {
        CaptureFile file = CaptureFile.little().pcap(PcapFormat.MAGIC_MICROS, 1).packet(1, 0, new byte[1_000_000]);

        assertThat(read(file).get(0).frame()).hasSize(LinkType.LONGEST_FRAME);
    }

    @Test
    void packetsOfAnotherLinkTypeAreLeftOutAndCounted() throws IOException {
        CaptureFile file = CaptureFile.little().section().describe(147, 0).describe(1, 0).enhanced(0, 1, FRAME).enhanced(1, 2, FRAME);

        assertThat(read(file)).hasSize(1);
        assertThat(remarks).containsExactly(folder.resolve("test.pcap") + ": 1 packets of link type 147 cannot be read and are left out.");
    }

    @Test
    void whatCannotBeUsedIsSaidInOneLineThatNamesTheFile() {
        CaptureFile onlyUnreadable = CaptureFile.little().section().describe(147, 0).enhanced(0, 1, FRAME);

        assertRefused(CaptureFile.little(), "is empty");
        assertRefused(CaptureFile.little().bytes("hello, world".getBytes()), "is neither a pcap nor a pcapng file");
        assertRefused(CaptureFile.little().bytes((byte) 1), "ends at byte 1");
        assertRefused(CaptureFile.little().bytes((byte) 0x1f, (byte) 0x8b, (byte) 9), "cannot be unpacked");
        assertRefused(CaptureFile.little().pcap(PcapFormat.MAGIC_MICROS, 147), "link type 147 cannot be read");
        assertRefused(onlyUnreadable, "link type 147 cannot be read");
        assertRefused(CaptureFile.little().pcap(PcapFormat.MAGIC_MICROS, 1), "there is no packet in it");
        assertRefused(CaptureFile.little().section(), "there is no packet in it");
        assertRefused(CaptureFile.little().section().enhanced(0, 1, FRAME), "interface 0, which is not described");
        assertThatThrownBy(() -> CaptureReader.open(folder.resolve("none"))).isInstanceOf(CaptureException.class)
                .hasMessageEndingWith("none: there is no such file.");
        assertThatThrownBy(() -> CaptureReader.open(folder)).isInstanceOf(CaptureException.class).hasMessageContaining("is a folder");
    }

    @Test
    void damagedFilesNeverGiveAnythingButPacketsAndMessages() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[][] good = {
            CaptureFile.little().section().describe(1, 0, new byte[] {9, 0, 1, 0, 9, 0, 0, 0}).enhanced(0, 1, FRAME).simple(16, FRAME)
                    .obsolete(0, 3, FRAME).describe(113, 0).enhanced(1, 5, FRAME).toBytes(),
            new CaptureFile(ByteOrder.BIG_ENDIAN).pcap(PcapFormat.MAGIC_NANOS, 113).packet(1, 2, FRAME).packet(2, 3, FRAME).toBytes(),
        };
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = good[i % good.length].clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1);
            try {
                assertThat(read(CaptureFile.little().bytes(cut))).isNotEmpty();
            } catch (CaptureException expected) {
                assertThat(expected.getMessage()).as("seed %d, run %d", seed, i).contains("test.pcap").doesNotContain("\n");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", run " + i, e);
            }
        }
    }

    private void assertRefused(CaptureFile file, String why) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(CaptureException.class)
                .hasMessageStartingWith(folder.resolve("test.pcap").toString()).hasMessageContaining(why).hasMessageNotContaining("\n");
    }

    private List<CapturedFrame> read(CaptureFile file) throws IOException {
        List<CapturedFrame> frames = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(file.in(folder))) {
            for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
            }
            remarks = reader.remarks();
        }
        return frames;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
