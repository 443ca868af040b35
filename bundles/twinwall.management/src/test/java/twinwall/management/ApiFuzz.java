/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Requests to the management API behind the JDK's HTTP server. An input: four lines with method, path, query, host, then the body. Those
 * of even length have the token.
 */
public final class ApiFuzz {

    private static final int PARTS = 5;
    private static final AccessToken TOKEN = token();

    private ApiFuzz() {
    }

    private static AccessToken token() {
        try {
            Path file = Files.createTempFile("twinwall-fuzz-token-", "");
            Files.writeString(file, ApiUnderTest.TOKEN + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            file.toFile().deleteOnExit();
            return new AccessToken(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails when a request is not answered, or with more than it should tell. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        String[] parts = new String(input, StandardCharsets.ISO_8859_1).split("\n", PARTS);
        if (parts.length < PARTS) {
            return;
        }
        new HostCheck(true, Set.of("fw-a.example")).refusal(parts[3]);
        FakeGroup group = new FakeGroup();
        Routes routes = new Routes(new GroupPages(() -> group, Map::of, () -> () -> ApiUnderTest.CONFIRM, Duration.ofMillis(1)),
                new FirewallPages(() -> Map.of("echo", new EchoCommand())), new DeployPages(() -> null));
        String authorization = "Bearer " + (input.length % 2 == 0 ? ApiUnderTest.TOKEN : parts[2]);
        Answer answer = routes.answer(new Request(parts[0], parts[1], parts[2].isEmpty() ? null : parts[2], authorization,
                new ByteArrayInputStream(parts[4].getBytes(StandardCharsets.ISO_8859_1))), TOKEN);
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        // What was asked for may be told back, and may look like anything.
        boolean tooMuch = body.contains("Exception") && !new String(input, StandardCharsets.ISO_8859_1).contains("Exception");
        if (answer.status() < 200 || answer.status() > 599 || tooMuch) {
            throw new IllegalStateException(answer.status() + " " + body);
        }
        if (answer.status() == 200 && !authorization.endsWith(ApiUnderTest.TOKEN) && !parts[1].equals("/health")) {
            throw new IllegalStateException("served without the token");
        }
    }
}
