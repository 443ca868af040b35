/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.management.ApiUnderTest.json;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.firewall.FirewallCommand;

class FirewallPagesTest {

    private static final String ADD = "/api/firewall/blacklist/add";

    private final Blacklist blacklist = new Blacklist();
    @TempDir
    private Path folder;
    private ApiUnderTest api;

    /** Notes what it is told, and does what the address says. */
    private static final class Blacklist implements FirewallCommand {

        private final List<Map<String, String>> added = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch waiting = new CountDownLatch(4);
        private final CountDownLatch go = new CountDownLatch(1);

        @Override
        public String name() {
            return "blacklist";
        }

        @Override
        public Map<String, String> verbs() {
            return Map.of("add", "address [timeout_s]: blocks an address", "list", "shows all");
        }

        @Override
        public Map<String, Object> run(String verb, Map<String, String> arguments) {
            switch (arguments.getOrDefault("address", "")) {
                case "bad" -> throw new IllegalArgumentException("address=bad must be an IP address");
                case "full" -> throw new IllegalStateException("The blacklist is full with 10 entries");
                case "bug" -> throw new UnsupportedOperationException("inner detail");
                case "slow" -> await();
                default -> added.add(arguments);
            }
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("address", arguments.get("address"));
            result.put("entries", added.size());
            return result;
        }

        private void await() {
            waiting.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        api = new ApiUnderTest(folder, new FakeGroup(), Duration.ofMillis(200));
        api.commands.put("blacklist", blacklist);
    }

    @AfterEach
    void stop() {
        blacklist.go.countDown();
        api.close();
    }

    @Test
    void aCommandGetsItsArgumentsAsTextAndItsResultIsTheAnswer() throws Exception {
        HttpResponse<String> response = api.post(ADD, "{\"address\":\"192.0.2.1\",\"timeout_s\":60,\"ratio\":1.50,\"log\":true}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"address\":\"192.0.2.1\",\"entries\":1}\n");
        assertThat(blacklist.added).containsExactly(Map.of("address", "192.0.2.1", "timeout_s", "60", "ratio", "1.50", "log", "true"));
    }

    @Test
    void anEmptyBodyIsNoArguments() throws Exception {
        assertThat(api.post("/api/firewall/blacklist/list").statusCode()).isEqualTo(200);
        assertThat(api.post("/api/firewall/blacklist/list", "{}").statusCode()).isEqualTo(200);
        assertThat(blacklist.added).containsExactly(Map.of(), Map.of());
    }

    @Test
    void commandsAreListedWithTheirHelp() throws Exception {
        HttpResponse<String> response = api.get("/api/firewall");

        assertThat(response.body()).isEqualTo("{\"commands\":[{\"name\":\"blacklist\",\"verbs\":"
            + "{\"add\":\"address [timeout_s]: blocks an address\",\"list\":\"shows all\"}}]}\n");
    }

    @Test
    void anUnknownCommandOrVerbIsAnsweredWithThoseThereAre() throws Exception {
        for (String path : List.of("/api/firewall/whitelist/add", "/api/firewall/blacklist/paint")) {
            HttpResponse<String> response = api.post(path, "{}");

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(json(response).get("error").getAsString()).matches(".*'(whitelist|paint)'.*");
            assertThat(json(response).getAsJsonArray("commands").toString()).contains("blacklist", "add", "list");
        }
    }

    @Test
    void whatTheFirewallRefusesIsToldInItsWords() throws Exception {
        HttpResponse<String> bad = api.post(ADD, "{\"address\":\"bad\"}");
        HttpResponse<String> full = api.post(ADD, "{\"address\":\"full\"}");
        HttpResponse<String> bug = api.post(ADD, "{\"address\":\"bug\"}");

        assertThat(List.of(bad.statusCode(), full.statusCode(), bug.statusCode())).containsExactly(400, 409, 500);
        assertThat(json(bad).get("error").getAsString()).isEqualTo("address=bad must be an IP address");
        assertThat(json(bad).get("hint").getAsString()).contains("address [timeout_s]: blocks an address");
        assertThat(json(full).get("error").getAsString()).isEqualTo("The blacklist is full with 10 entries");
        assertThat(bug.body()).doesNotContain("inner detail").doesNotContain("Exception");
    }

    @Test
    void aBodyThatIsNoObjectOfTextsIsRefusedInWords() throws Exception {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("[]", "not a JSON object");
        bodies.put("\"x\"", "not a JSON object");
        bodies.put("{", "not a JSON object");
        bodies.put("{'a':'b'}", "not a JSON object");
        bodies.put("{\"a\":1}{}", "something follows");
        bodies.put("{\"a\":{\"b\":1}}", "'a' is an object");
        bodies.put("{\"a\":[[[[", "'a' is a list");
        bodies.put("{\"a\":null}", "'a' is null");
        bodies.put("{\"a\":1,\"a\":2}", "'a' is given twice");
        bodies.put("{" + "\"%s\":1,".repeat(64).formatted((Object[]) numbers(64)) + "\"last\":1}", "more than 64");
        for (Map.Entry<String, String> body : bodies.entrySet()) {
            HttpResponse<String> response = api.post(ADD, body.getKey());

            assertThat(response.statusCode()).as(body.getKey()).isEqualTo(400);
            assertThat(json(response).get("error").getAsString()).contains(body.getValue());
        }
        HttpResponse<String> bytes = api.call("POST", ADD, "Bearer " + ApiUnderTest.TOKEN,
            "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(json(bytes).get("error").getAsString()).contains("UTF-8");
        assertThat(blacklist.added).isEmpty();
    }

    private static String[] numbers(int count) {
        String[] numbers = new String[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = Integer.toString(i);
        }
        return numbers;
    }

    @Test
    void aCertificateFitsAndMoreThanAMebibyteIsRefused() throws Exception {
        HttpResponse<String> fits = api.post(ADD, "{\"pem\":\"" + "x".repeat(1_000_000) + "\"}");
        HttpResponse<String> tooLong = api.post(ADD, "{\"pem\":\"" + "x".repeat(1_050_000) + "\"}");

        assertThat(fits.statusCode()).isEqualTo(200);
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(blacklist.added).hasSize(1);
    }

    @Test
    void withoutTheTokenNothingIsRunOrListed() throws Exception {
        assertThat(api.call("POST", ADD, "Bearer wrong", "{}".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(401);
        assertThat(api.call("POST", ADD, null, new byte[40_000]).statusCode()).isEqualTo(401);
        assertThat(api.call("GET", "/api/firewall", null).statusCode()).isEqualTo(401);
        assertThat(blacklist.added).isEmpty();
    }

    @Test
    void commandsThatHangLeaveRoomForTheStatus() throws Exception {
        List<Thread> hanging = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                try {
                    api.post(ADD, "{\"address\":\"slow\"}");
                } catch (Exception expected) {
                    // the API is closed at the end of the test
                }
            });
            thread.start();
            hanging.add(thread);
        }
        blacklist.waiting.await();

        assertThat(api.post(ADD, "{}").statusCode()).isEqualTo(503);
        assertThat(api.get("/api/status").statusCode()).isEqualTo(200);
        blacklist.go.countDown();
        for (Thread thread : hanging) {
            thread.join();
        }
        assertThat(api.post(ADD, "{}").statusCode()).isEqualTo(200);
    }
}
