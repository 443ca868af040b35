/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two firewalls with the hook script {@code docs/examples/hooks/move-address}, on two machines made of network namespaces. */
@Timeout(300)
@Tag("minutes")
class HookScriptIT {

    private static final String ADDRESS = "192.0.2.10";

    @TempDir
    private Path work;
    private LabPair pair;

    @BeforeEach
    void makePair() throws Exception {
        String missing = NetworkLab.missing("ip", "curl");
        assumeTrue(missing == null, () -> "the hook script was not tried: " + missing);
        pair = new LabPair(work);
    }

    @AfterEach
    void takeDown() throws Exception {
        if (pair != null) {
            pair.close();
        }
    }

    @Test
    void anAddressGoesWhereTheRoleGoes() throws Exception {
        for (String side : List.of("a", "b")) {
            Files.writeString(pair.config(side).resolve("twinwall.hook.script-address.cfg"), "command = "
                + LabPair.EXAMPLES.resolve("hooks/move-address").toAbsolutePath() + " " + ADDRESS + "/24 eth0\n");
        }
        pair.start();
        pair.eventually("the address is on fw-a", () -> pair.onlyOn("a", ADDRESS));

        assertThat(pair.switchover("a")).contains("\"done\":true");
        pair.eventually("the address is on fw-b", () -> pair.onlyOn("b", ADDRESS));

        pair.kill("b");
        pair.eventually("fw-a has taken over", () -> pair.has("a", ADDRESS));
        assertThat(pair.has("b", ADDRESS)).as("a dead firewall runs no hook").isTrue();
        pair.start("b");
        pair.eventually("but it clears up at its next start", () -> pair.onlyOn("a", ADDRESS));

        pair.stop("a");
        pair.eventually("a planned stop takes the address away", () -> pair.onlyOn("b", ADDRESS));
    }
}
