/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealCapturesTest {

    @ParameterizedTest
    @CsvSource({"office.pcap, 531", "office-nat.pcapng, 529", "any-sll.pcap, 37", "any-sll2.pcap, 37"})
    void theCapturesOfTheProjectAreReadWhole(String file, int packets) throws IOException {
        assertThat(count(Path.of("captures", file))).isEqualTo(packets);
    }

    @Test
    void foreignCapturesBesideTheRepositoryAreReadWhole() throws IOException {
        Path foreign = Path.of("..", "..", "shared", "captures");
        assumeTrue(Files.isDirectory(foreign), foreign + " is not there");
        try (Stream<Path> files = Files.list(foreign)) {
            List<Path> captures = files.filter(file -> file.toString().endsWith(".pcapng")).toList();
            assertThat(captures).isNotEmpty();
            for (Path capture : captures) {
                assertThat(count(capture)).as(capture.toString()).isPositive();
            }
        }
    }

    private static int count(Path file) throws IOException {
        try (CaptureReader reader = CaptureReader.open(file)) {
            int packets = 0;
            while (reader.next() != null) {
                packets++;
            }
            assertThat(reader.remarks()).isEmpty();
            return packets;
        }
    }
}
