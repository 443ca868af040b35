/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * Runs one measure as a process of its own in a network namespace whose loopback has packets of 1500 bytes. Needs root, or user
 * namespaces.
 */
final class EthernetNamespace {

    private static final String INSIDE = "twinwall.bench.inside";
    private static final String SCRIPT = "ip link set lo mtu 1500 up && exec \"$@\"";

    private final Workshop workshop;

    EthernetNamespace(Workshop workshop) {
        this.workshop = workshop;
    }

    /** Whether this process is the one inside. */
    static boolean inside() {
        return Boolean.getBoolean(INSIDE);
    }

    Row row(String measure) throws IOException, InterruptedException {
        File answer = Files.createTempFile(workshop.folder(), "inside-", ".json").toFile();
        List<String> command = new ArrayList<>(List.of("unshare", "-rn", "sh", "-c", SCRIPT, "sh"));
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-D" + INSIDE + "=true"));
        for (String key : List.of("twinwall.bundles", "twinwall.root")) {
            command.add("-D" + key + "=" + System.getProperty(key, ""));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bench.class.getName(), "--json", "--only", measure));
        if (workshop.quick()) {
            command.add("--quick");
        }
        Process inside = new ProcessBuilder(command).redirectOutput(answer).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        workshop.own(() -> inside.destroy());
        if (inside.waitFor() > 1) {
            throw new IOException("unshare, ip or the measure inside answered " + inside.exitValue());
        }
        return row(JsonParser.parseString(Files.readString(answer.toPath(), StandardCharsets.UTF_8)).getAsJsonObject());
    }

    static Row row(JsonObject report) throws IOException {
        JsonObject only = report.getAsJsonArray("measures").get(0).getAsJsonObject();
        JsonObject details = only.getAsJsonObject("details");
        if (!only.has("figure")) {
            throw new IOException("not measured inside: " + details);
        }
        Row row = Row.of(only.get("measure").getAsString(), only.get("what").getAsString(), only.get("figure").getAsDouble(),
                only.get("unit").getAsString())
                .against(new Target(only.get("targetAtLeast").getAsBoolean(), only.get("target").getAsDouble()))
                .beside(only.get("beside").getAsString(), only.get("besideFigure").getAsDouble());
        for (var detail : details.entrySet()) {
            JsonElement value = detail.getValue();
            row = row.with(detail.getKey(), value.getAsJsonPrimitive().isNumber() ? (Object) value.getAsNumber() : value.getAsString());
        }
        return row;
    }
}
