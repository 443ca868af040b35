/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.run.pair.FirewallPair;
import twinwall.run.pair.NodeApi;
import twinwall.run.pair.NodePackets;
import twinwall.run.report.Timeline;

/** Two firewalls as processes that both forward, each for one direction of a connection. */
@Tag("minutes")
class AsymmetricIT {

    private static final Path BUNDLES = Path.of(System.getProperty("twinwall.target"), "export", "node");

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private String bundlesBefore;

    @TempDir
    private Path work;

    @BeforeEach
    void nameTheBundles() {
        bundlesBefore = System.getProperty("twinwall.bundles", "");
        System.setProperty("twinwall.bundles", BUNDLES.toString());
    }

    @AfterEach
    void closeAll() throws Exception {
        System.setProperty("twinwall.bundles", bundlesBefore);
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }

    @Test
    void withConfirmBeforeForwardAndWithRedirectEveryConnectionWorksAndByDefaultNone() throws Exception {
        AsymmetricDemo.Outcome outcome = new AsymmetricDemo(List.of(0, 500), 10, true, new Timeline(told::add), owned::push).run(work);

        assertThat(outcome.confirmed()).as("%s%n%s", outcome.text(false), String.join("\n", told)).isTrue();
        assertThat(outcome.text(false)).contains("default: 0 of 20").contains("redirect: 20 of 20.");
    }

    @Test
    void quickBackupIsSwitchedWhileConfirmBeforeForwardIsOn() throws Exception {
        try (FirewallPair pair = FirewallPair.start(work, Set.of(), plan -> {
            Mode.CONFIRM.tell(plan);
            plan.with("twinwall.group", "quick_backup", "false");
        })) {
            pair.awaitSharing(Set.of("ipv4-session"));
            try (NodePackets a = NodePackets.connect(pair.a().packetPort()); NodePackets b = NodePackets.connect(pair.b().packetPort())) {
                Handshake handshake = new Handshake(a, b);
                assertThat(handshake.connect(0).lostRace()).as("without quick backup").isTrue();
                assertThat(state(pair.a().api())).isEqualTo("needs-quick-backup");

                pair.b().api().quickBackup(true);
                awaitState(handshake, pair.a().api(), "holding");
                for (int i = 0; i < 5; i++) {
                    Attempt attempt = handshake.connect(0);
                    assertThat(attempt.stoppedAt()).as("connection %d with quick backup", i).isEmpty();
                }

                pair.a().api().quickBackup(false);
                awaitState(handshake, pair.a().api(), "needs-quick-backup");
                assertThat(handshake.connect(0).lostRace()).as("switched off again").isTrue();
            }
        }
    }

    private static void awaitState(Handshake handshake, NodeApi api, String wanted) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!state(api).equals(wanted)) {
            assertThat(System.nanoTime()).as("waits for %s, is %s", wanted, state(api)).isLessThan(end);
            handshake.connect(0);
        }
    }

    private static String state(NodeApi api) throws Exception {
        return api.status().json().getAsJsonObject("confirmBeforeForward").get("state").getAsString();
    }
}
