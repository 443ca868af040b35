/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;

class ChecksumsTest {

    @Test
    void theHeaderOfAKnownPacketIsRight() {
        // A textbook header: 172.16.10.99 to 172.16.10.12, checksum b1e6.
        byte[] header = HexFormat.of().parseHex("4500003c1c4640004006b1e6ac100a63ac100a0c");
        assertThat(Checksums.finish(Checksums.sum(header, 0, 20))).isZero();
        Octets.put16(header, 10, 0);
        assertThat(Checksums.finish(Checksums.sum(header, 0, 20))).isEqualTo(0xb1e6);
    }

    @Test
    void theExampleOfRfc1624IsUpdatedToZeroAndNotToMinusZero() {
        assertThat(Checksums.update16(0xdd2f, 0x5555, 0x3285)).isZero();
    }

    @Test
    void anOddLastOctetCounts() {
        assertThat(Checksums.sum(new byte[] {1, 2, 3}, 0, 3)).isEqualTo(0x0102 + 0x0300);
    }

    @Test
    void everyLengthGivesWhatWordsOf16BitsGive() {
        Random random = new Random(1071);
        for (int length = 0; length < 100; length++) {
            byte[] data = new byte[length + 3];
            random.nextBytes(data);
            long words = 0;
            for (int i = 3; i < data.length; i++) {
                words += (long) (data[i] & 0xff) << ((i - 3) % 2 == 0 ? 8 : 0);
            }
            assertThat(Checksums.finish(Checksums.sum(data, 3, data.length))).as("%d octets", length).isEqualTo(Checksums.finish(words));
        }
    }

    @Test
    void anUpdateGivesWhatACalculationFromScratchGives() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] data = new byte[24];
            random.nextBytes(data);
            int before = Checksums.finish(Checksums.sum(data, 0, 24));
            int old = Octets.i32(data, 8);
            int changed = random.nextInt();
            Octets.put32(data, 8, changed);
            int expected = Checksums.finish(Checksums.sum(data, 0, 24));
            assertThat(Checksums.update32(before, old, changed)).as("seed " + seed).isEqualTo(expected);
            int oldWord = Octets.u16(data, 2);
            Octets.put16(data, 2, i);
            assertThat(Checksums.update16(expected, oldWord, i)).as("seed " + seed)
                    .isEqualTo(Checksums.finish(Checksums.sum(data, 0, 24)));
        }
    }
}
