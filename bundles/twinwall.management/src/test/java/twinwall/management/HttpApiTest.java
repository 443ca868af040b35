/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static twinwall.management.ApiUnderTest.json;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.firewall.FirewallCounter;
import twinwall.group.CheckReport;
import twinwall.group.GroupStatus.PeerStatus;
import twinwall.group.Role;
import twinwall.group.Verdict;

class HttpApiTest {

    private final FakeGroup group = new FakeGroup();
    @TempDir
    private Path folder;
    private ApiUnderTest api;

    @BeforeEach
    void start() throws Exception {
        api = new ApiUnderTest(folder, group, Duration.ofMillis(200));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void statusHasTheFieldsThatOtherProgramsRead() throws Exception {
        HttpResponse<String> response = api.get("/api/status");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
        JsonObject status = json(response);
        assertThat(status.get("firewall").getAsString()).isEqualTo("fw-a");
        assertThat(status.get("networking").getAsString()).isEqualTo("active-standby");
        assertThat(status.get("role").getAsString()).isEqualTo("active");
        assertThat(status.get("ready").getAsBoolean()).isTrue();
        assertThat(status.get("quickBackup").getAsBoolean()).isFalse();
        assertThat(status.getAsJsonObject("peer").get("firewall").getAsString()).isEqualTo("fw-b");
        assertThat(status.getAsJsonObject("peer").get("role").getAsString()).isEqualTo("standby");
        assertThat(status.getAsJsonObject("peer").get("ready").getAsBoolean()).isTrue();
        JsonObject link = status.getAsJsonArray("links").get(0).getAsJsonObject();
        assertThat(link.get("name").getAsString()).isEqualTo("a");
        assertThat(link.get("state").getAsString()).isEqualTo("peer-down");
        JsonObject table = status.getAsJsonArray("tables").get(0).getAsJsonObject();
        assertThat(table.keySet()).containsExactly("type", "backedUp", "entries", "lag", "lagMillis", "atRisk", "drift", "inSync",
            "detail", "changes", "bytes", "applied", "conflicts", "notDue", "refused", "kept", "handler", "state",
            "peerState", "peerHandler", "price");
        assertThat(table.get("entries").getAsLong()).isEqualTo(7);
        assertThat(table.get("lagMillis").getAsLong()).isEqualTo(1500);
        assertThat(table.getAsJsonObject("handler").get("bundle").getAsString()).isEqualTo("twinwall.handler.session.ipv4");
        assertThat(table.getAsJsonObject("handler").get("schema").getAsInt()).isEqualTo(1);
        assertThat(table.getAsJsonObject("handler").get("since").getAsString()).isEqualTo("2026-11-22T09:00:00Z");
        assertThat(table.get("state").getAsString()).isEqualTo("working");
        assertThat(table.get("peerState").getAsString()).isEqualTo("working");
        assertThat(table.get("peerHandler").toString()).isEqualTo("{\"bundle\":\"twinwall.handler.session.ipv4\",\"version\":\"1.1.0\","
            + "\"schema\":2,\"since\":\"2026-11-22T09:10:00Z\"}");
        JsonObject loss = status.getAsJsonArray("losses").get(0).getAsJsonObject();
        assertThat(Instant.parse(loss.get("at").getAsString())).isEqualTo(Instant.parse("2026-11-22T09:00:00.500Z"));
        assertThat(loss.get("cause").getAsString()).isEqualTo("fw-b died");
        JsonObject lost = loss.getAsJsonObject("tables").getAsJsonObject("ipv4-session");
        assertThat(lost.get("lost").getAsLong()).isEqualTo(4);
        assertThat(lost.get("exact").getAsBoolean()).isTrue();
    }

    @Test
    void theStatusSaysWhatAFailoverWouldCost() throws Exception {
        JsonObject status = json(api.get("/api/status"));

        assertThat(status.getAsJsonObject("confirmBeforeForward").toString()).isEqualTo("{\"state\":\"peer-slow\",\"why\":\"it is slow\","
            + "\"boundMillis\":20,\"waiting\":3,\"counts\":{\"held\":9},\"p50Micros\":250,\"p99Micros\":900}");
        assertThat(status.getAsJsonObject("failoverCost").toString()).isEqualTo("{\"atRisk\":5,\"notDue\":4,\"local\":11}");
        JsonObject table = status.getAsJsonArray("tables").get(0).getAsJsonObject();
        assertThat(table.get("notDue").getAsLong()).isEqualTo(4);
        assertThat(table.getAsJsonObject("refused").toString()).isEqualTo("{\"unknown-pool\":6}");
        JsonObject local = status.getAsJsonArray("tables").get(2).getAsJsonObject();
        assertThat(local.get("backedUp").getAsBoolean()).isFalse();
        assertThat(local.get("atRisk").getAsLong()).isEqualTo(11);
        assertThat(local.get("detail").getAsString()).isEqualTo("learned again in seconds");
    }

    @Test
    void theStatusSaysWhatBackingUpCosts() throws Exception {
        JsonObject status = json(api.get("/api/status"));

        String price = "{\"windowMillis\":5000,\"changesPerSecond\":100.0,\"bytesPerSecond\":4000.0,\"cpuMicrosPerSecond\":250.0,"
            + "\"onlyQuickBackup\":{\"changesPerSecond\":75.0,\"bytesPerSecond\":3100.0,\"cpuMicrosPerSecond\":200.0,\"changes\":700,"
            + "\"bytes\":29000},\"appliedPerSecond\":20.0,\"applyCpuMicrosPerSecond\":40.0,\"cpuErrorPercent\":12.5}";
        assertThat(status.getAsJsonArray("tables").get(0).getAsJsonObject().get("price").toString()).isEqualTo(price);
        assertThat(status.getAsJsonArray("tables").get(1).getAsJsonObject().getAsJsonObject("price").get("cpuErrorPercent").isJsonNull())
            .as("nothing was timed").isTrue();
        assertThat(status.getAsJsonArray("tables").get(2).getAsJsonObject().get("price").isJsonNull()).as("not backed up").isTrue();
        assertThat(status.get("price").toString()).as("of all tables").isEqualTo(price);
    }

    @Test
    void aTableThatIsNotBackedUpHasNoEntriesToPageThrough() throws Exception {
        HttpResponse<String> response = api.get("/api/tables/routes/entries");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(json(response).get("error").getAsString()).contains("'routes'", "learned again in seconds");
    }

    @Test
    void whatIsNotKnownIsNull() throws Exception {
        group.peer = new PeerStatus("fw-b", null, false, -1, -1, 1000, 5);

        JsonObject status = json(api.get("/api/status"));

        assertThat(status.getAsJsonObject("peer").get("role").isJsonNull()).isTrue();
        assertThat(status.getAsJsonArray("tables").get(1).getAsJsonObject().get("handler").isJsonNull()).isTrue();
    }

    @Test
    void entriesArePagedToTheEnd() throws Exception {
        group.addEntry("0a01", "port", 80);
        group.addEntry("0a02", "state", Role.LOAD_BALANCING);
        group.addEntry("0a03", "secretless", new byte[] {1, -1});

        JsonObject first = json(api.get("/api/tables/ipv4-session/entries?limit=2"));
        JsonObject second = json(api.get("/api/tables/ipv4-session/entries?limit=2&after=" + first.get("next").getAsString()));

        assertThat(first.get("type").getAsString()).isEqualTo("ipv4-session");
        assertThat(first.getAsJsonArray("entries")).hasSize(2);
        assertThat(first.toString()).contains("{\"key\":\"0a01\",\"fields\":{\"port\":80}}").contains("\"load-balancing\"");
        assertThat(second.getAsJsonArray("entries").toString()).isEqualTo("[{\"key\":\"0a03\",\"fields\":{\"secretless\":\"01ff\"}}]");
        assertThat(second.get("next").isJsonNull()).isTrue();
    }

    @Test
    void anUnknownTableIsNamedWithThoseThereAre() throws Exception {
        HttpResponse<String> response = api.get("/api/tables/arp/entries");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("error").getAsString()).contains("'arp'");
        assertThat(json(response).get("hint").getAsString()).contains("ipv4-session, napt");
    }

    @Test
    void aBadParameterIsNamed() throws Exception {
        for (String query : List.of("limit=0", "limit=10001", "limit=x", "limit=", "after=xyz", "after=abc", "limt=3", "limit=1&limit=2")) {
            HttpResponse<String> response = api.get("/api/tables/ipv4-session/entries?" + query);

            assertThat(response.statusCode()).as(query).isEqualTo(400);
            assertThat(json(response).get("error").getAsString()).contains("'" + query.substring(0, query.indexOf('=')) + "'");
        }
        assertThat(api.post("/api/quick-backup").statusCode()).isEqualTo(400);
        assertThat(api.post("/api/quick-backup?on=yes").statusCode()).isEqualTo(400);
        assertThat(group.commands).isEmpty();
    }

    @Test
    void aCommandAnswersItsVerdict() throws Exception {
        HttpResponse<String> done = api.post("/api/switchover");
        group.verdict = CompletableFuture.completedFuture(new Verdict(false, "napt lags by 3", 900));
        HttpResponse<String> refused = api.post("/api/sync");
        api.post("/api/quick-backup?on=true");

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).isEqualTo("{\"done\":true,\"message\":\"fw-b is active\",\"waitedMillis\":12,\"tables\":[]}\n");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).get("message").getAsString()).isEqualTo("napt lags by 3");
        assertThat(group.commands).containsExactly("switchover", "sync", "quick-backup true");
    }

    @Test
    void aCommandThatTakesTooLongIsAnsweredAndTheApiGoesOn() throws Exception {
        group.verdict = new CompletableFuture<>();

        HttpResponse<String> response = api.post("/api/switchover");

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(api.get("/api/status").statusCode()).isEqualTo(200);
    }

    @Test
    void aFailureInsideIsToldWithoutAStackTrace() throws Exception {
        group.verdict = CompletableFuture.failedFuture(new IllegalStateException("inner detail"));
        HttpResponse<String> command = api.post("/api/sync");
        group.failure = new IllegalStateException("inner detail");
        HttpResponse<String> status = api.get("/api/status");

        assertThat(List.of(command.statusCode(), status.statusCode())).containsExactly(500, 500);
        assertThat(command.body() + status.body()).doesNotContain("inner detail").doesNotContain("Exception");
    }

    @Test
    void checkTellsWhatDiffersPerTable() throws Exception {
        HttpResponse<String> equal = api.post("/api/check");
        group.report = new CheckReport(false, "0 of 1 tables are equal.", 900,
            List.of(new CheckReport.TableCheck("napt", 3, 2, 0, 2, 40, "refused")));
        HttpResponse<String> differs = api.post("/api/check");

        assertThat(equal.statusCode()).isEqualTo(200);
        assertThat(differs.statusCode()).isEqualTo(409);
        JsonObject table = json(equal).getAsJsonArray("tables").get(0).getAsJsonObject();
        assertThat(table.keySet()).containsExactly("type", "compared", "differing", "repaired", "drift", "durationMillis", "detail");
        assertThat(table.get("differing").getAsInt()).isEqualTo(1);
        assertThat(json(differs).getAsJsonArray("tables").get(0).getAsJsonObject().get("drift").getAsInt()).isEqualTo(2);
    }

    @Test
    void withoutTheTokenNothingButHealthAnswers() throws Exception {
        for (String authorization : new String[] {null, "Bearer wrong", "Bearer", "Bearer ", "Basic " + ApiUnderTest.TOKEN, ""}) {
            for (String path : List.of("/api/status", "/api/tables/napt/entries", "/metrics")) {
                HttpResponse<String> response = api.call("GET", path, authorization);

                assertThat(response.statusCode()).as(path + " " + authorization).isEqualTo(401);
                assertThat(json(response).keySet()).containsExactly("error", "hint");
            }
            assertThat(api.call("POST", "/api/switchover", authorization).statusCode()).isEqualTo(401);
        }
        assertThat(group.commands).isEmpty();
        assertThat(api.call("GET", "/health", null).statusCode()).isEqualTo(200);
    }

    @Test
    void aChangedTokenFileCountsAtOnce() throws Exception {
        assertThat(api.get("/api/status").statusCode()).isEqualTo(200);

        api.writeToken("another-token-of-sufficient-length");

        assertThat(api.get("/api/status").statusCode()).isEqualTo(401);
        assertThat(api.call("GET", "/api/status", "Bearer another-token-of-sufficient-length").statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenFileThatOthersCanReadOrThatIsEmptyOrMissingLetsNobodyIn() throws Exception {
        api.permit("rw-r-----");
        assertThat(json(api.get("/api/status")).get("hint").getAsString()).contains("chmod 600 " + api.tokenFile);
        api.permit("rw-------");
        assertThat(api.get("/api/status").statusCode()).isEqualTo(200);
        api.writeToken("");
        assertThat(api.call("GET", "/api/status", "Bearer ").statusCode()).isEqualTo(401);
        Files.delete(api.tokenFile);
        assertThat(json(api.get("/api/status")).get("hint").getAsString()).contains(api.tokenFile.toString());
    }

    @Test
    void anUnknownPathIsAnsweredWithThePathsThereAre() throws Exception {
        for (String path : List.of("/", "/api", "/api/status/", "/api/tables//entries", "/api/tables/a%2fb/entries", "/../etc/passwd")) {
            HttpResponse<String> response = api.get(path);

            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(json(response).getAsJsonArray("paths").toString()).contains("GET /api/status").contains("POST /api/switchover");
        }
    }

    @Test
    void aWrongMethodIsAnsweredWithTheRightOne() throws Exception {
        HttpResponse<String> read = api.get("/api/switchover");
        HttpResponse<String> write = api.call("DELETE", "/api/status", null);

        assertThat(read.statusCode()).isEqualTo(405);
        assertThat(read.headers().firstValue("Allow")).contains("POST");
        assertThat(write.statusCode()).isEqualTo(405);
        assertThat(write.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(group.commands).isEmpty();
    }

    @Test
    void headAnswersTheHeadersAlone() throws Exception {
        HttpResponse<String> response = api.call("HEAD", "/health", null);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void whatTheFirewallRefusesIsInStatusAndMetricsAndAFailingCounterIsNot() throws Exception {
        api.counters.put("refused-logins", new Counter(() -> Map.of("wrong-password", 2L, "full", 0L)));
        api.counters.put("broken", new Counter(() -> {
            throw new IllegalStateException("broken");
        }));

        assertThat(json(api.get("/api/status")).get("firewallRefused")).hasToString("{\"refused-logins\":{\"wrong-password\":2}}");
        assertThat(api.get("/metrics").body()).contains("twinwall_firewall_refused_logins_total{reason=\"wrong-password\"} 2\n")
            .doesNotContain("broken");
    }

    private record Counter(Supplier<Map<String, Long>> source) implements FirewallCounter {

        @Override
        public String name() {
            return "a name of its own";
        }

        @Override
        public String meaning() {
            return "Tests.";
        }

        @Override
        public Map<String, Long> counts() {
            return source.get();
        }
    }

    @Test
    void withoutAnEngineTheApiSaysSo() throws Exception {
        api.group = null;

        assertThat(api.get("/api/status").statusCode()).isEqualTo(503);
        assertThat(api.post("/api/switchover").statusCode()).isEqualTo(503);
        HttpResponse<String> health = api.get("/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(json(health).getAsJsonArray("why").get(0).getAsString()).contains("no engine");
        assertThat(api.get("/metrics").body()).contains("twinwall_engine_running 0\n");

        api.group = group;
        assertThat(api.get("/api/status").statusCode()).isEqualTo(200);
    }

    @Test
    void healthIsGoodOnceTheRoleIsKnown() throws Exception {
        group.role = Role.INITIALIZING;
        HttpResponse<String> seeking = api.call("GET", "/health", null);
        group.role = Role.STANDBY;
        HttpResponse<String> known = api.call("GET", "/health", null);

        assertThat(seeking.statusCode()).isEqualTo(503);
        assertThat(seeking.body()).contains("\"healthy\":false").contains("role is not yet known");
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.body()).isEqualTo("{\"healthy\":true,\"role\":\"standby\",\"ready\":true,\"why\":[]}\n");
    }

    @Test
    void aForeignHostNameIsRefused() throws Exception {
        String request = "GET /health HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";

        assertThat(api.raw(request.formatted("evil.example:7480"))).startsWith("HTTP/1.1 403");
        assertThat(api.raw(request.formatted("localhost.evil.example"))).startsWith("HTTP/1.1 403");
        assertThat(api.raw(request.formatted("a\r\nHost: localhost"))).startsWith("HTTP/1.1 400");
        assertThat(api.raw("GET /health HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 400");
        for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:7480", "[::1]:7480", "127.1.2.3")) {
            assertThat(api.raw(request.formatted(host))).as(host).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aLongBodyIsRefused() throws Exception {
        String body = "x".repeat(5000);

        String answer = api.raw("POST /api/switchover HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ApiUnderTest.TOKEN
            + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

        assertThat(answer).startsWith("HTTP/1.1 413");
        assertThat(group.commands).isEmpty();
    }

    @Test
    void textFromOutsideCannotBreakTheJson() throws Exception {
        group.firewall = "a\"b\\c\n<script>\u2028";

        HttpResponse<String> response = api.get("/api/status");

        assertThat(json(response).get("firewall").getAsString()).isEqualTo("a\"b\\c\n<script>\u2028");
        assertThatCode(() -> JsonParser.parseString(response.body())).doesNotThrowAnyException();
    }

    @Test
    void thePortIsFreeAfterClosing() throws Exception {
        int port = api.api.port();
        api.get("/health");

        api.close();

        try (ServerSocket again = new ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            assertThat(again.isBound()).isTrue();
        }
    }
}
