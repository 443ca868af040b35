/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * One of the programs with {@code --json}, as its script runs it, to its end.
 *
 * @param exit its exit status
 * @param json what it wrote
 * @param told its progress
 */
public record ProgramRun(int exit, JsonObject json, String told) {

    private static final Path TARGET = Path.of(System.getProperty("twinwall.target", "target"));

    /**
     * Runs it.
     *
     * @param work an existing folder for what it says
     * @param withinMinutes then it must have ended
     */
    public static ProgramRun of(Class<?> program, Path work, int withinMinutes, String... arguments)
            throws IOException, InterruptedException {
        Path said = work.resolve("said");
        Path told = work.resolve("told");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dtwinwall.bundles=" + TARGET.resolve("export/node"), "-cp",
                TARGET.resolve("twinwall-run.jar") + ":" + TARGET.resolve("lib") + "/*", program.getName(), "--json"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectOutput(said.toFile()).redirectError(told.toFile()).start();
        try {
            assertThat(process.waitFor(withinMinutes, TimeUnit.MINUTES)).as("it ends; so far: %s", Files.readString(told)).isTrue();
        } finally {
            process.destroy();
        }
        assertThat(Files.readString(said)).as("%s", Files.readString(told)).startsWith("{");
        return new ProgramRun(process.exitValue(), JsonParser.parseString(Files.readString(said)).getAsJsonObject(),
                Files.readString(told));
    }
}
