/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** What a run has found, for programs. Other programs read these names: they stay. */
final class JsonReport {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

    private JsonReport() {
    }

    static String of(Report report) {
        JsonObject json = new JsonObject();
        json.addProperty("seed", report.options().seed());
        json.addProperty("date", Report.today());
        json.addProperty("helloMillis", report.options().timing().helloMillis());
        json.addProperty("helloMisses", report.options().timing().helloMisses());
        json.addProperty("loadBefore", report.loadBefore());
        json.addProperty("loadAfter", Report.load());
        json.addProperty("processors", Runtime.getRuntime().availableProcessors());
        JsonArray kinds = new JsonArray();
        report.rows().forEach(row -> kinds.add(kind(row)));
        json.add("kinds", kinds);
        json.add("remarks", GSON.toJsonTree(report.remarks()));
        json.addProperty("folder", report.folder());
        json.addProperty("held", report.held());
        return GSON.toJson(json);
    }

    private static JsonObject kind(Row row) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", row.failure().name());
        json.addProperty("wiring", row.wiring());
        json.addProperty("rounds", row.rounds());
        json.addProperty("confirmed", row.confirmed());
        json.addProperty("lostConfirmed", row.lostConfirmed());
        json.addProperty("lostUnconfirmed", row.lostUnconfirmed());
        json.addProperty("ledger", row.ledger());
        json.addProperty("ledgerExact", row.ledgerExact());
        json.addProperty("packets", row.packets());
        json.addProperty("dropped", row.dropped());
        json.addProperty("medianGapMillis", row.medianGapMillis());
        json.addProperty("longestGapMillis", row.longestGapMillis());
        json.addProperty("mostHandovers", row.mostHandovers());
        json.addProperty("held", row.held());
        json.add("faults", GSON.toJsonTree(row.faults()));
        return json;
    }
}
