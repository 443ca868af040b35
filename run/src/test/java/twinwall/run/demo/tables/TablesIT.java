/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.run.report.Timeline;

/** Two firewalls as processes, every service table, a SIGKILL. */
@Tag("minutes")
class TablesIT {

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

    private TablesDemo.Outcome run(String... without) throws Exception {
        return new TablesDemo(List.of(without), new Timeline(told::add), owned::push).run(work);
    }

    @Test
    void everyTableWithAHandlerSurvivesAndTheOthersAreNamed() throws Exception {
        TablesDemo.Outcome outcome = run();

        assertThat(outcome.survived()).as("%s%n%s", outcome.text(false), String.join("\n", told)).isTrue();
        JsonObject json = JsonParser.parseString(outcome.json()).getAsJsonObject();
        assertThat(types(json.getAsJsonArray("tables"))).containsExactlyInAnyOrderElementsOf(HandlerBundles.in(BUNDLES).keySet());
        assertThat(types(json.getAsJsonArray("lostByDesign"))).containsExactlyInAnyOrder("routing", "bandwidth-management", "l2tp", "gre",
                "dsvpn", "content-security");
        assertThat(json.getAsJsonArray("lostByDesign")).allSatisfy(row ->
                assertThat(row.getAsJsonObject().get("onA").getAsInt()).as("%s", row).isPositive());
    }

    @Test
    void withoutItsHandlerNoTableSurvives() throws Exception {
        JsonObject json = JsonParser.parseString(run("all").json()).getAsJsonObject();

        assertThat(json.get("survived").getAsBoolean()).isFalse();
        for (JsonElement each : json.getAsJsonArray("tables")) {
            JsonObject row = each.getAsJsonObject();
            assertThat(row.get("passed").getAsInt()).as("%s", row).isLessThan(row.get("tried").getAsInt());
        }
    }

    private static List<String> types(JsonArray rows) {
        return rows.asList().stream().map(row -> row.getAsJsonObject().get("type").getAsString()).toList();
    }
}
