/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** What a soak has found, for programs. Other programs read these names: they stay. */
final class SoakJson {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private SoakJson() {
    }

    static String of(Findings found) {
        JsonObject json = new JsonObject();
        json.addProperty("seed", found.options().seed());
        json.addProperty("minutes", found.minutes());
        json.addProperty("complete", found.complete());
        json.addProperty("loadBefore", found.loadBefore());
        json.addProperty("loadAfter", found.loadAfter());
        json.add("failures", GSON.toJsonTree(found.kinds()));
        json.addProperty("packets", found.packets());
        json.addProperty("confirmed", found.confirmed());
        json.addProperty("confirmedLost", found.confirmedLost());
        json.addProperty("compared", found.compared());
        json.addProperty("differing", found.differing());
        json.addProperty("repaired", found.repaired());
        json.addProperty("warnings", found.warnings());
        JsonArray tables = new JsonArray();
        found.contents().forEach((type, of) -> {
            JsonObject table = GSON.toJsonTree(of).getAsJsonObject();
            table.addProperty("type", type);
            table.addProperty("changes", found.steps().get(type).done());
            table.addProperty("refused", found.steps().get(type).refused());
            tables.add(table);
        });
        json.add("tables", tables);
        JsonArray processes = new JsonArray();
        found.growth().forEach((firewall, of) -> {
            JsonObject process = GSON.toJsonTree(of).getAsJsonObject();
            process.addProperty("firewall", firewall);
            processes.add(process);
        });
        json.add("processes", processes);
        json.add("faults", GSON.toJsonTree(found.faults()));
        json.addProperty("held", found.held());
        return GSON.toJson(json);
    }
}
