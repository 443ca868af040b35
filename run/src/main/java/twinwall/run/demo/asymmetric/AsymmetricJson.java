/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** The result for programs. Other programs read these names: they stay. */
final class AsymmetricJson {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private AsymmetricJson() {
    }

    static String of(AsymmetricResult result) {
        JsonArray runs = new JsonArray();
        for (Measured run : result.runs()) {
            JsonObject json = new JsonObject();
            json.addProperty("mode", run.mode().id());
            json.addProperty("pathDelayMicros", run.delayMicros());
            json.addProperty("connections", run.connections());
            json.addProperty("established", run.established());
            json.addProperty("lostRace", run.lostRace());
            json.addProperty("addedMicrosP50", result.addedMicros(run, 50));
            json.addProperty("addedMicrosP99", result.addedMicros(run, 99));
            json.addProperty("synMicrosP50", run.synMicros(50));
            json.addProperty("synMicrosP99", run.synMicros(99));
            json.addProperty("measuredPathMicrosP50", run.pathMicros(50));
            JsonObject stops = new JsonObject();
            run.stops().forEach(stops::addProperty);
            json.add("stoppedAt", stops);
            runs.add(json);
        }
        JsonObject json = new JsonObject();
        json.add("runs", runs);
        return GSON.toJson(json);
    }
}
