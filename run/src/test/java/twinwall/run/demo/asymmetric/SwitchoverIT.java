/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.run.pair.FirewallPair;
import twinwall.run.pair.NodeDepartures;
import twinwall.run.pair.NodePackets;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.scenario.Packets;

/** A switchover of two processes while packets come to the one that hands over. */
@Tag("minutes")
class SwitchoverIT {

    private static final int AFTERWARDS = 200;

    private String bundlesBefore;

    @TempDir
    private Path work;

    @BeforeEach
    void nameTheBundles() {
        bundlesBefore = System.getProperty("twinwall.bundles", "");
        System.setProperty("twinwall.bundles", Path.of(System.getProperty("twinwall.target"), "export", "node").toString());
    }

    @AfterEach
    void forgetThem() {
        System.setProperty("twinwall.bundles", bundlesBefore);
    }

    @Test
    void everyPacketLeavesOneOfTheTwo() throws Exception {
        try (FirewallPair pair = FirewallPair.start(work, Set.of(), plan -> {
            Mode.QUICK.tell(plan);
            plan.with("twinwall.firewall.embedded", "handover_hold_ms", "5000");
        })) {
            pair.awaitSharing(Set.of("ipv4-session"));
            try (NodePackets a = NodePackets.connect(pair.a().packetPort());
                    NodeDepartures outOfA = NodeDepartures.connect(pair.a().packetPort());
                    NodeDepartures outOfB = NodeDepartures.connect(pair.b().packetPort())) {
                assertThat(query(a).forwarded()).isTrue();
                CompletableFuture<Void> switchover = CompletableFuture.runAsync(() -> switchOver(pair));
                int forB = 0;
                for (int after = 0; after < AFTERWARDS; after += switchover.isDone() ? 1 : 0) {
                    Passage passage = query(a);
                    forB += passage.reason().equals("redirected") ? 1 : 0;
                    assertThat(passage.forwarded() || passage.reason().equals("redirected")).as(passage.reason()).isTrue();
                }
                switchover.get(10, TimeUnit.SECONDS);
                assertThat(forB).isPositive();
                for (int i = 0; i < forB; i++) {
                    assertThat(outOfB.next()).as("packet %d of %d that FW_A took for FW_B", i + 1, forB).isNotNull()
                            .matches(Passage::forwarded);
                }
            }
        }
    }

    private static Passage query(NodePackets firewall) throws IOException {
        return firewall.send(0, Packets.udp("10.1.0.1", 5000, "198.51.100.9", 53, new byte[20]));
    }

    private static void switchOver(FirewallPair pair) {
        try {
            assertThat(pair.a().api().switchOver().get("done").getAsBoolean()).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
