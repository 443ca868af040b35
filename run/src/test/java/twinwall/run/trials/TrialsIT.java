/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.run.ProgramRun;
import twinwall.run.trials.failure.Failure;
import twinwall.run.trials.failure.Failures;

/** Two firewalls as processes, in network namespaces where there are any, ten SIGKILLs and one of each other failure. */
@Tag("minutes")
class TrialsIT {

    private static final int WITHIN_MINUTES = 8;
    private static final int KILLS = 10;

    @TempDir
    private Path work;

    @Test
    void noConfirmedSessionIsLostInAnyFailure() throws Exception {
        ProgramRun trials = ProgramRun.of(Trials.class, work, WITHIN_MINUTES, "--kills", String.valueOf(KILLS), "--rounds", "1", "--keep",
                work.resolve("kept").toString());

        assertThat(trials.exit()).as("%s", trials).isZero();
        JsonObject json = trials.json();
        assertThat(json.getAsJsonArray("kinds").asList().stream().map(TrialsIT::name))
                .containsExactlyElementsOf(Failures.all().stream().map(Failure::name).toList());
        assertThat(json.getAsJsonArray("kinds")).allSatisfy(each -> {
            JsonObject kind = each.getAsJsonObject();
            assertThat(kind.get("rounds").getAsInt()).isEqualTo(name(each).equals("kill") ? KILLS : 1);
            assertThat(kind.get("confirmed").getAsInt()).as("%s", kind).isPositive();
            assertThat(kind.get("lostConfirmed").getAsInt()).as("%s", kind).isZero();
            assertThat(kind.get("packets").getAsInt()).as("%s", kind).isPositive();
        });
    }

    private static String name(JsonElement kind) {
        return kind.getAsJsonObject().get("kind").getAsString();
    }
}
