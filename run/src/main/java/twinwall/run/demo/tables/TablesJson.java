/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.tables;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** What became of the tables, for programs. Other programs read these names: they stay. */
final class TablesJson {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private TablesJson() {
    }

    static String of(TablesResult result) {
        JsonObject json = new JsonObject();
        json.addProperty("takeoverMillis", result.takeoverMillis());
        JsonArray tables = new JsonArray();
        for (TableRow row : result.tables()) {
            JsonObject table = new JsonObject();
            table.addProperty("type", row.type());
            table.addProperty("onA", row.onA());
            table.addProperty("onB", row.onB());
            table.addProperty("kept", row.kept());
            table.addProperty("lost", row.lost());
            table.addProperty("tried", row.tried());
            table.addProperty("passed", row.passed());
            table.addProperty("survived", row.survived());
            table.addProperty("proof", row.proof());
            JsonArray failures = new JsonArray();
            row.failures().forEach(failures::add);
            table.add("failures", failures);
            tables.add(table);
        }
        json.add("tables", tables);
        JsonArray lost = new JsonArray();
        for (LocalRow row : result.local()) {
            JsonObject table = new JsonObject();
            table.addProperty("type", row.type());
            table.addProperty("onA", row.onA());
            table.addProperty("onB", row.onB());
            table.addProperty("reason", row.reason());
            lost.add(table);
        }
        json.add("lostByDesign", lost);
        json.addProperty("lost", result.lost());
        json.addProperty("survived", result.survived());
        return GSON.toJson(json);
    }
}
