/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks firewalls for switchovers. One that is refused for now, with its reason, is asked for again and counted. */
final class Switchovers {

    private static final int MOST_REFUSALS = 20;
    private static final long RETRY_MILLIS = 200;

    private final Workshop workshop;
    private int refused;

    Switchovers(Workshop workshop) {
        this.workshop = workshop;
    }

    int refused() {
        return refused;
    }

    /** Returns once the firewall says that its peer has taken over. */
    void ask(BenchNode from) throws IOException, InterruptedException {
        for (int i = 0; !asked(from); i++) {
            if (i == MOST_REFUSALS) {
                throw new IOException(from.name() + " refused " + i + " switchovers in a row");
            }
            refused++;
            Thread.sleep(RETRY_MILLIS);
        }
    }

    private boolean asked(BenchNode from) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + from.side().managementPort() + "/api/switchover");
        HttpURLConnection http = (HttpURLConnection) uri.toURL().openConnection();
        http.setRequestMethod("POST");
        http.setRequestProperty("Authorization", "Bearer " + from.side().token());
        http.setRequestProperty("Content-Type", "application/json");
        int answer = http.getResponseCode();
        if (answer == 200) {
            http.getInputStream().readAllBytes();
            return true;
        }
        InputStream why = http.getErrorStream();
        String text = why == null ? "" : new String(why.readAllBytes(), StandardCharsets.UTF_8).strip();
        if (answer != HttpURLConnection.HTTP_CONFLICT) {
            throw new IOException("POST /api/switchover on " + from.name() + " answered " + answer + " " + text);
        }
        workshop.tell(from.name() + " refuses for now: " + text);
        return false;
    }
}
