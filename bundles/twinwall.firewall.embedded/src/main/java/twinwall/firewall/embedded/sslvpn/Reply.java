/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.gson.Gson;

/**
 * What the gateway answers.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param headers besides
 */
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {

    private static final Gson GSON = new Gson();

    static Reply json(int status, Map<String, ?> body) {
        return new Reply(status, "application/json; charset=utf-8", GSON.toJson(body).getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Reply bytes(String contentType, byte[] body) {
        return new Reply(200, contentType, body, Map.of());
    }

    /** What is wrong, and what the user can do. */
    static Reply error(int status, String error, String hint) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("hint", hint);
        return json(status, body);
    }

    Reply with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, contentType, body, all);
    }
}
