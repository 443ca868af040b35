/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client gets.
 *
 * @param headers besides the content type
 */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {

    private static final String JSON = "application/json; charset=utf-8";

    static Answer json(int status, Object body) {
        return new Answer(status, JSON, JsonText.of(body).getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer text(String contentType, String body) {
        return new Answer(200, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** What went wrong and what the client can do about it. */
    static Answer error(int status, String error, String hint) {
        return json(status, errorBody(error, hint));
    }

    static Map<String, Object> errorBody(String error, String hint) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("hint", hint);
        return body;
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more);
    }
}
