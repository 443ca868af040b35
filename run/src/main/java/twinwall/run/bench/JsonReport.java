/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.util.List;
import java.util.Map;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** The report for programs. What was not measured has no {@code figure}. */
final class JsonReport {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonReport() {
    }

    static String of(Map<String, Object> machine, List<Row> rows) {
        JsonObject report = new JsonObject();
        report.add("machine", GSON.toJsonTree(machine));
        JsonArray measures = new JsonArray();
        rows.forEach(row -> measures.add(json(row)));
        report.add("measures", measures);
        return GSON.toJson(report);
    }

    private static JsonObject json(Row row) {
        JsonObject json = new JsonObject();
        json.addProperty("measure", row.measure());
        json.addProperty("what", row.what());
        if (row.measured()) {
            json.addProperty("figure", row.figure());
            json.addProperty("unit", row.unit());
        }
        if (row.target() != null) {
            json.addProperty("target", row.target().value());
            json.addProperty("targetAtLeast", row.target().atLeast());
            json.addProperty("met", !row.missed());
        }
        if (!row.beside().isEmpty()) {
            json.addProperty("beside", row.beside());
            json.addProperty("besideFigure", row.besideFigure());
            json.addProperty("ratio", row.ratio());
        }
        json.add("details", GSON.toJsonTree(row.details()));
        return json;
    }
}
