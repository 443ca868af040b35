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
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.Frame;

/** Port scan detection on captures of real traffic, every packet of which comes in where nobody may begin a session. */
class ScansInCapturesTest {

    private static final String SCAN = "synscan.pcapng";

    private final Path foreign = Path.of("..", "..", "shared", "captures");

    @Test
    void theScannerOfARealScanIsBlocked() throws IOException {
        Path scan = foreign.resolve(SCAN);
        assumeTrue(Files.isRegularFile(scan), scan + " is not there");
        assertThat(blockedAfter(scan)).isEqualTo(1);
    }

    @Test
    void nobodyIsBlockedForLegitimateTraffic() throws IOException {
        for (String own : List.of("office.pcap", "office-nat.pcapng")) {
            assertThat(blockedAfter(Path.of("captures", own))).as(own).isZero();
        }
        if (Files.isDirectory(foreign)) {
            try (Stream<Path> files = Files.list(foreign)) {
                for (Path capture : files.filter(file -> file.toString().endsWith(".pcapng") && !file.endsWith(SCAN)).toList()) {
                    assertThat(blockedAfter(capture)).as(capture.toString()).isZero();
                }
            }
        }
    }

    private static int blockedAfter(Path capture) throws IOException {
        EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.of(Map.of("clock", "packets", "forwarding", "true",
                "scan_ports", "20")));
        try (CaptureReader reader = CaptureReader.open(capture)) {
            for (CapturedFrame next = reader.next(); next != null; next = reader.next()) {
                firewall.process(next.timeMicros(), EmbeddedFirewall.OUTSIDE, new Frame(next.frame().clone()));
            }
        }
        return firewall.blacklistEntries().size();
    }
}
