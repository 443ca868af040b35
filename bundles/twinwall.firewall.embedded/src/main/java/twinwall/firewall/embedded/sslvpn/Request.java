/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A request to the gateway, whole.
 *
 * @param method for example {@code GET}
 * @param path as it was sent, still percent-encoded; begins with a slash
 * @param query as it was sent, {@code null} when there is none
 * @param authorization the header, {@code null} when there is none
 * @param client where it comes from
 * @param body within the limit for its path
 */
record Request(String method, String path, String query, String authorization, InetAddress client, byte[] body) {

    private static final String BEARER = "Bearer ";
    private static final int MOST_FIELDS = 16;

    /** The token that it shows, {@code null} when it shows none. */
    String token() {
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? authorization.substring(BEARER.length()).trim() : null;
    }

    /**
     * The fields of a form.
     *
     * @throws IllegalArgumentException when the body is none
     */
    Map<String, String> form() {
        Map<String, String> fields = new HashMap<>();
        String[] parts = new String(body, StandardCharsets.UTF_8).split("&");
        if (parts.length > MOST_FIELDS) {
            throw new IllegalArgumentException("a form of at most " + MOST_FIELDS + " fields");
        }
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
