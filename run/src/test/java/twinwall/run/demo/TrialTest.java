/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.run.capture.CaptureReader;
import twinwall.run.capture.CapturedFrame;
import twinwall.run.pair.PacketPath;

class TrialTest {

    private static final Path SHIPPED = Path.of("captures", "office.pcap");

    @TempDir
    Path work;

    @ParameterizedTest
    @ValueSource(strings = {"", "203.0.113.1-203.0.113.2"})
    void theShippedCaptureGoesThroughAFirewallThatNeverFails(String naptPool) throws IOException {
        Capture capture = Capture.read(SHIPPED, work);

        Trial trial = run(capture, capture.plan().packets(), naptPool);

        // Held back is what belongs to the link: address resolution, neighbour and listener discovery.
        assertThat(trial.reasons().keySet()).isSubsetOf("not-ip", "link-local-icmp", "bad-address", "malformed");
        assertThat(trial.forwarded().cardinality()).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "203.0.113.1-203.0.113.2"})
    void withoutBackupAFreshFirewallDropsWhatWasUnderWay(String naptPool) throws IOException {
        Capture capture = Capture.read(SHIPPED, work);
        int half = capture.plan().failPointFrom(capture.plan().packets() / 2);
        Trial whole = run(capture, capture.plan().packets(), naptPool);

        Trial torn = run(capture, half, naptPool);

        assertThat(torn.forwarded(0, half)).isEqualTo(whole.forwarded(0, half));
        assertThat(torn.reasons()).containsKey("no-session");
        Cost cost = Cost.of(capture.plan(), half, whole, torn, new SessionsAtFailure(new DueRule(false)));
        assertThat(cost.dropped()).isGreaterThan(100).isEqualTo(cost.lost());
        assertThat(cost.connections()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void aPacketUnderAnAddressThatItsServerDoesNotKnowDidNotArrive() throws IOException {
        Planner planner = new Planner();
        byte[] frame = Frames.tcp("10.0.0.1", 4000, "198.51.100.1", 80, Frames.ACK);
        planner.add(0, frame);
        planner.add(0, frame);
        Trial trial = new Trial(planner.plan());

        trial.send(0, new CapturedFrame(0, frame), (time, side, sent) -> translated(1024));
        trial.failOver();
        trial.send(1, new CapturedFrame(0, frame), (time, side, sent) -> translated(1025));

        assertThat(trial.forwarded().cardinality()).isEqualTo(1);
        assertThat(trial.reasons()).containsOnlyKeys(Trial.OTHER_ADDRESS);
    }

    private static PacketPath.Passage translated(int port) {
        return new PacketPath.Passage(true, "", 1, List.of(Frames.tcp("203.0.113.1", port, "198.51.100.1", 80, Frames.ACK)));
    }

    /** Through one firewall up to {@code until}, then through an empty one. */
    private static Trial run(Capture capture, int until, String naptPool) throws IOException {
        Trial trial = new Trial(capture.plan());
        try (CaptureReader reader = capture.open()) {
            PacketPath firewall = LibraryFirewall.forCaptures(naptPool);
            for (int packet = 0; packet < capture.plan().packets(); packet++) {
                if (packet == until) {
                    trial.failOver();
                    firewall = LibraryFirewall.forCaptures(naptPool);
                }
                trial.send(packet, reader.next(), firewall);
            }
        }
        return trial;
    }
}
