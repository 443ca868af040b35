/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.pair;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * The management API of one node on this machine, as any program would use it. Every request waits for its answer, mostly 10 s. Safe for
 * threads.
 */
public final class NodeApi {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    /** A comparison of all contents may take half a minute. */
    private static final Duration CHECK_WITHIN = Duration.ofSeconds(40);
    private static final int PAGE = 1000;

    private final HttpClient http;
    private final String base;
    private final String token;

    /**
     * Connects to nothing yet.
     *
     * @param port TCP port on 127.0.0.1
     * @param token as in the node's token file
     */
    public NodeApi(int port, String token) {
        this("127.0.0.1", port, token);
    }

    /**
     * The API of a node that listens elsewhere.
     *
     * @param host an IPv4 address
     */
    public NodeApi(String host, int port, String token) {
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
        this.base = "http://" + host + ":" + port + "/api/";
        this.token = token;
    }

    /**
     * How the group is just now.
     *
     * @throws IOException when the node does not answer, or not as it should
     */
    public Status status() throws IOException {
        return new Status(get("status"));
    }

    /**
     * Entries of a table that are due for backup: key to content, ordered by key. A table that changes meanwhile is shown as it was at some
     * moment in between, page by page.
     *
     * @param type of the table, for example {@code napt}
     * @param text says what content is
     * @throws IOException when the node does not answer, or has no such table
     */
    public Map<String, String> entries(String type, EntryText<?> text) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        String after = "";
        do {
            JsonObject page = get("tables/" + type + "/entries?limit=" + PAGE + "&after=" + after);
            for (JsonElement element : page.getAsJsonArray("entries")) {
                JsonObject entry = element.getAsJsonObject();
                entries.put(entry.get("key").getAsString(), text.content(entry.getAsJsonObject("fields")));
            }
            JsonElement next = page.get("next");
            after = next == null || next.isJsonNull() ? "" : next.getAsString();
        } while (!after.isEmpty());
        return entries;
    }

    /**
     * Tells the firewall something about one of its tables: {@code POST /api/firewall/COMMAND/VERB}.
     *
     * @param arguments name to text, as the command's help in {@code GET /api/firewall} has them
     * @return what it answers
     * @throws IOException when it does not answer; with the firewall's own words when it refuses
     */
    public JsonObject command(String command, String verb, Map<String, String> arguments) throws IOException {
        return answer("firewall/" + command + "/" + verb, HttpRequest.BodyPublishers.ofString(new Gson().toJson(arguments)));
    }

    /** Switches quick backup on both firewalls. */
    public void quickBackup(boolean on) throws IOException {
        answer("quick-backup?on=" + on, HttpRequest.BodyPublishers.noBody());
    }

    /**
     * Asks for a planned switchover to the peer.
     *
     * @throws IOException when it does not answer; with its own words when it refuses
     */
    public JsonObject switchOver() throws IOException {
        return answer("switchover", HttpRequest.BodyPublishers.noBody());
    }

    /**
     * Compares the contents of every table with the peer's, and has repaired what differs.
     *
     * @return per table what {@code POST /api/check} says of it, also when something differs
     * @throws IOException when it does not answer, or with its own words when it cannot compare now
     */
    public Map<String, JsonObject> check() throws IOException {
        Map<String, JsonObject> tables = new LinkedHashMap<>();
        JsonObject answer = answer("check", HttpRequest.BodyPublishers.noBody(), CHECK_WITHIN, Set.of(200, 409));
        if (!answer.has("tables")) {
            throw new RefusedException("POST /api/check answered " + answer);
        }
        answer.getAsJsonArray("tables").forEach(table -> tables.put(table.getAsJsonObject().get("type").getAsString(),
                table.getAsJsonObject()));
        return tables;
    }

    /** The node answered, and does not do what it was asked for; the message has its own words. */
    public static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /** The verdict on each file of the drop folder, by its name. */
    public Map<String, String> verdicts() throws IOException {
        Map<String, String> verdicts = new TreeMap<>();
        for (JsonElement file : get("deploy").getAsJsonArray("files")) {
            verdicts.put(file.getAsJsonObject().get("file").getAsString(), file.getAsJsonObject().get("verdict").getAsString());
        }
        return verdicts;
    }

    private JsonObject get(String path) throws IOException {
        return answer(path, null);
    }

    private JsonObject answer(String path, HttpRequest.BodyPublisher body) throws IOException {
        return answer(path, body, ANSWER_WITHIN, Set.of(200));
    }

    private JsonObject answer(String path, HttpRequest.BodyPublisher body, Duration within, Set<Integer> wanted) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(within)
                .header("Authorization", "Bearer " + token);
        if (body != null) {
            request.header("Content-Type", "application/json").POST(body);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (!wanted.contains(response.statusCode())) {
                throw new RefusedException(response.request().method() + " /api/" + path + " answered " + response.statusCode() + ": "
                        + response.body().strip());
            }
            return JsonParser.parseString(response.body()).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("/api/" + path + " answered no JSON object", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * What {@code GET /api/status} says.
     *
     * @param json the whole answer
     */
    public record Status(JsonObject json) {

        /** {@code initializing}, {@code active}, {@code standby}; {@code unknown} when it says none. */
        public String role() {
            return text(json, "role");
        }

        /** Whether a failover to this firewall would find every table in sync. */
        public boolean ready() {
            return flag(json, "ready");
        }

        /** Whether the peer says so of itself. */
        public boolean peerReady() {
            return json.get("peer") instanceof JsonObject peer && flag(peer, "ready");
        }

        /** Role, whether it is ready, and why not, as one line for people. */
        public String why() {
            List<String> parts = new ArrayList<>();
            parts.add("role " + role() + (ready() ? ", ready" : ", not ready"));
            if (json.has("notReady") && json.get("notReady").isJsonArray()) {
                json.getAsJsonArray("notReady").forEach(reason -> parts.add(reason.getAsString()));
            }
            return String.join("; ", parts);
        }

        /** Whether the peer has every table that is backed up. */
        public boolean everyTableInSync() {
            return tables().stream().allMatch(table -> !flag(table, "backedUp") || flag(table, "inSync"));
        }

        /** Types of the tables that are backed up and not in sync, but for one. */
        public Set<String> outOfSync(String but) {
            Set<String> types = new TreeSet<>();
            tables().stream().filter(table -> flag(table, "backedUp") && !flag(table, "inSync") && !text(table, "type").equals(but))
                    .forEach(table -> types.add(text(table, "type")));
            return types;
        }

        /** Bundle and version of a table's handler, for example {@code com.example.lease 1.0.0}; empty when there is none. */
        public String handler(String type) {
            return tables().stream().filter(table -> text(table, "type").equals(type) && table.get("handler") instanceof JsonObject)
                    .map(table -> table.getAsJsonObject("handler")).map(handler -> text(handler, "bundle") + " " + text(handler, "version"))
                    .findFirst().orElse("");
        }

        /** Entries that would be lost if this firewall died now. */
        public long atRisk() {
            return tables().stream().filter(table -> flag(table, "backedUp")).mapToLong(table -> table.get("atRisk").getAsLong()).sum();
        }

        /** How many entries of a table are due for backup; -1 when there is no such table. */
        public long entries(String type) {
            return tables().stream().filter(table -> text(table, "type").equals(type))
                    .mapToLong(table -> table.get("entries").getAsLong()).findFirst().orElse(-1);
        }

        /** Types of the tables that are backed up, ordered. */
        public Set<String> types() {
            Set<String> types = new TreeSet<>();
            tables().stream().filter(table -> flag(table, "backedUp")).forEach(table -> types.add(text(table, "type")));
            return types;
        }

        /** Tables that are not backed up by design, as in the answer: {@code type}, {@code entries}, {@code detail} says why. */
        public List<JsonObject> local() {
            return tables().stream().filter(table -> !flag(table, "backedUp")).toList();
        }

        private List<JsonObject> tables() {
            List<JsonObject> tables = new ArrayList<>();
            if (json.has("tables")) {
                json.getAsJsonArray("tables").forEach(table -> tables.add(table.getAsJsonObject()));
            }
            return tables;
        }

        private static String text(JsonObject from, String key) {
            JsonElement value = from.get(key);
            return value == null || value.isJsonNull() ? "unknown" : value.getAsString();
        }

        private static boolean flag(JsonObject from, String key) {
            JsonElement value = from.get(key);
            return value != null && value.isJsonPrimitive() && value.getAsBoolean();
        }
    }
}
