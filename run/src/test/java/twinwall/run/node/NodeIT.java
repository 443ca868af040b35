/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeIT {

    @TempDir
    private Path work;
    private PairFolder pair;

    @BeforeEach
    void makePair() throws Exception {
        pair = PairFolder.at(work.resolve("a"), work.resolve("b")).make();
    }

    @Test
    void aNodeStartsAnswersAndStopsCleanlyOnSigterm() throws Exception {
        try (NodeProcess node = start("a", NodeProcess.BUNDLES)) {
            String log = node.awaitLog("Firewall fw-a started in ");

            assertThat(log).contains("management http://127.0.0.1:" + pair.a().managementPort());
            assertThat(get("/health", null).body()).contains("\"healthy\":");
            assertThat(get("/api/status", null).statusCode()).isEqualTo(401);
            assertThat(get("/api/status", pair.a().token()).statusCode()).isIn(200, 503);

            node.terminate();

            assertThat(node.awaitExit()).isZero();
            assertThat(node.log()).endsWith("twinwall.node  Stopped.\n").doesNotContain(" ERROR ").doesNotContain("\tat ");
        }
    }

    @Test
    void itsShellTellsTheStatusAndLeavingItStopsTheFirewall() throws Exception {
        try (NodeProcess node = new NodeProcess(work.resolve("log"), NodeProcess.BUNDLES, "--shell", "--config",
                work.resolve("a").toString())) {
            node.awaitLog("Firewall fw-a started in ");

            node.type("status");
            node.awaitLog("peer fw-b was never heard");
            node.type("entries napt");
            node.awaitLog("No entries.");
            node.type("exit 0");

            assertThat(node.awaitExit()).isZero();
            assertThat(node.log()).doesNotContain(" ERROR ").doesNotContain("\tat ");
        }
    }

    @Test
    void aSettingChangedWhileTheNodeRunsCounts() throws Exception {
        try (NodeProcess node = start("a", NodeProcess.BUNDLES)) {
            node.awaitLog("Firewall fw-a started in ");
            Files.writeString(work.resolve("a/twinwall.management.cfg"), "port = 0\naddress = 192.0.2.1\n");

            node.awaitLog("twinwall.management: address=192.0.2.1 must be a loopback address unless allow_remote=true. Using 127.0.0.1.");
        }
    }

    @Test
    void aBundleThatDoesNotStartIsNamedWithWhatItLacks() throws Exception {
        Path bundles = Files.createDirectory(work.resolve("bundles"));
        try (Stream<Path> jars = Files.list(NodeProcess.BUNDLES)) {
            for (Path jar : jars.filter(file -> !file.getFileName().toString().startsWith("twinwall.settings-")).toList()) {
                Files.copy(jar, bundles.resolve(jar.getFileName()));
            }
        }

        try (NodeProcess node = start("a", bundles)) {
            assertThat(node.awaitExit()).isEqualTo(3);
            assertThat(node.log()).contains("Bundle twinwall.management 1.0.0")
                .contains("does not start: it needs package twinwall.settings")
                .doesNotContain("\tat ");
        }
    }

    private NodeProcess start(String side, Path bundles) throws Exception {
        return new NodeProcess(work.resolve("log"), bundles, "--config", work.resolve(side).toString());
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pair.a().managementPort() + path))
            .timeout(Duration.ofSeconds(10));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
