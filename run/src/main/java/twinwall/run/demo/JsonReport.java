/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** The result for programs. Other programs read these names: they stay. */
final class JsonReport {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonReport() {
    }

    static String of(Result result) {
        JsonObject json = new JsonObject();
        json.addProperty("capture", result.capture());
        json.addProperty("packets", result.packets());
        json.addProperty("failoverAtPacket", result.failPoint());
        json.addProperty("quickBackup", result.quickBackup());
        json.addProperty("translated", result.translated());
        JsonObject uninterrupted = new JsonObject();
        uninterrupted.addProperty("forwarded", result.uninterrupted());
        JsonObject reasons = new JsonObject();
        result.dropReasons().forEach(reasons::addProperty);
        uninterrupted.add("dropped", reasons);
        json.add("uninterrupted", uninterrupted);
        JsonObject with = cost(result.withBackup());
        with.addProperty("takeoverMillis", result.takeoverMillis());
        with.addProperty("waitedForBackupMillis", result.waitedMillis());
        with.addProperty("atRiskAtFailover", result.atRisk() == Result.NOT_ASKED ? null : result.atRisk());
        with.addProperty("lost", result.withBackup().lost());
        JsonArray lostPackets = new JsonArray();
        result.withBackup().lostPackets().forEach(packet -> lostPackets.add(packet + 1));
        with.add("lostPackets", lostPackets);
        json.add("withBackup", with);
        json.add("withoutBackup", cost(result.withoutBackup()));
        json.add("tables", tables(result));
        json.addProperty("lost", result.lost());
        JsonArray remarks = new JsonArray();
        result.remarks().forEach(remarks::add);
        json.add("remarks", remarks);
        return GSON.toJson(json);
    }

    private static JsonObject cost(Cost cost) {
        JsonObject json = new JsonObject();
        json.addProperty("forwarded", cost.forwarded());
        json.addProperty("droppedForWantOfAnEntry", cost.dropped());
        json.addProperty("ofThoseNotYetDue", cost.notYetDue());
        json.addProperty("connectionsHit", cost.connections());
        json.addProperty("conversationsHit", cost.conversations());
        return json;
    }

    private static JsonElement tables(Result result) {
        JsonArray tables = new JsonArray();
        for (TableCount table : result.tables()) {
            JsonObject json = new JsonObject();
            json.addProperty("type", table.type());
            json.addProperty("onA", table.onA());
            json.addProperty("onB", table.onB());
            json.addProperty("kept", table.kept());
            json.addProperty("notYetDue", table.notYetDue());
            json.addProperty("lost", table.lost());
            json.addProperty("localByDesign", table.localByDesign());
            tables.add(json);
        }
        return tables;
    }
}
