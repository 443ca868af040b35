/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MalformedRequestsTest {

    private static final int ROUNDS = 300;
    private static final String[] PARTS = {
        "GET", "POST", "HEAD", "PUT", " ", "/", "/api/status", "/api/tables/", "napt", "/entries", "/api/firewall/x/y",
        "?limit=", "&after=", "%", "%zz", "%00",
        "..", "\r\n", "\r\n\r\n", "\0", "HTTP/1.1", "HTTP/1.0", "HTTP/9", "Host: localhost", "Host: ", "Host:", ":",
        "Authorization: Bearer ",
        ApiUnderTest.TOKEN, "Content-Length: -1", "Content-Length: 99999999999", "Content-Length: x", "Transfer-Encoding: chunked",
        "Transfer-Encoding: x", "ffffffff\r\n", "é", "\u00ff\u00fe", "http://[", "//", "\\", "{", "<script>", "Expect: 100-continue", "\t"
    };

    @TempDir
    private Path folder;

    @Test
    void noMalformedRequestGetsAStackTraceOrStopsTheApi() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ApiUnderTest api = new ApiUnderTest(folder, new FakeGroup(), Duration.ofMillis(200))) {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] request = round % 3 == 0 ? noise(random) : sentence(random);

                String answer = api.raw(request, 200);

                assertThat(answer).as("seed " + seed + " round " + round + ": " + new String(request, StandardCharsets.ISO_8859_1))
                    .doesNotContain("\tat ").doesNotContain("Exception:").doesNotContain("java.lang");
            }
            assertThat(api.get("/api/status").statusCode()).as("seed " + seed).isEqualTo(200);
        }
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(600)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] sentence(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "GET /api/status HTTP/1.1\r\n" : "");
        for (int i = random.nextInt(24); i >= 0; i--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return text.append(random.nextBoolean() ? "\r\n\r\n" : "").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
