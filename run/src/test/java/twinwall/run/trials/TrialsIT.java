/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.run.trials.failure.Failure;
import twinwall.run.trials.failure.Failures;

/** Two firewalls as processes, in network namespaces where there are any, ten SIGKILLs and one of each other failure. */
@Tag("minutes")
class TrialsIT {

    private static final Path TARGET = Path.of(System.getProperty("twinwall.target"));
    private static final int WITHIN_MINUTES = 8;
    private static final int KILLS = 10;

    @TempDir
    private Path work;

    @Test
    void noConfirmedSessionIsLostInAnyFailure() throws Exception {
        Path said = work.resolve("said");
        Path told = work.resolve("told");
        Process trials = new ProcessBuilder(command("--json", "--kills", String.valueOf(KILLS), "--rounds", "1", "--keep",
                work.resolve("kept").toString())).redirectOutput(said.toFile()).redirectError(told.toFile()).start();
        try {
            assertThat(trials.waitFor(WITHIN_MINUTES, TimeUnit.MINUTES)).as("it ends; so far: %s", Files.readString(told)).isTrue();
        } finally {
            trials.destroy();
        }

        assertThat(trials.exitValue()).as("%s%n%s", Files.readString(told), Files.readString(said)).isZero();
        JsonObject json = JsonParser.parseString(Files.readString(said)).getAsJsonObject();
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

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dtwinwall.bundles=" + TARGET.resolve("export/node"), "-cp",
                TARGET.resolve("twinwall-run.jar") + ":" + TARGET.resolve("lib") + "/*", Trials.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
