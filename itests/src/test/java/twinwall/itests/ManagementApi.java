/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks a firewall by HTTP, as its config folder says. */
final class ManagementApi {

    private ManagementApi() {
    }

    /** The status as JSON. */
    static String status(Path config) throws IOException, InterruptedException {
        String port = Files.readString(config.resolve("management.port")).strip();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/status"))
                .header("Authorization", "Bearer " + Files.readString(config.resolve("token")).strip()).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
