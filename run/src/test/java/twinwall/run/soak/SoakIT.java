/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.run.ProgramRun;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Scenarios;

@Tag("minutes")
class SoakIT {

    private static final int WITHIN_MINUTES = 4;

    @TempDir
    private Path work;

    @Test
    void everyTableStaysEqualThroughFailuresUnderLoad() throws Exception {
        JsonObject json = ProgramRun.of(Soak.class, work, WITHIN_MINUTES, "--minutes", "0.3", "--seed", "3", "--stop-seconds", "2",
                "--only", "kill,kill-standby,switchover,running-link,one-way", "--keep", work.resolve("kept").toString()).json();

        assertThat(json.get("complete").getAsBoolean()).as("%s", json).isTrue();
        assertThat(json.get("confirmed").getAsLong()).as("%s", json).isPositive();
        assertThat(json.get("confirmedLost").getAsLong()).as("%s", json).isZero();
        assertThat(json.get("compared").getAsLong()).as("%s", json).isPositive();
        assertThat(json.getAsJsonArray("tables").asList().stream().map(each -> each.getAsJsonObject().get("type").getAsString()))
                .containsExactlyElementsOf(Scenarios.backedUp().stream().map(Scenario::type).toList());
        assertThat(json.getAsJsonArray("tables")).allSatisfy(each -> {
            assertThat(each.getAsJsonObject().get("differing").getAsLong()).as("%s", each).isZero();
            assertThat(each.getAsJsonObject().get("drift").getAsLong()).as("%s", each).isZero();
        });
        assertThat(json.getAsJsonArray("processes")).hasSize(2);
    }
}
