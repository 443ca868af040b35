/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The parameters of a request; each at most once, none that the path does not know. */
final class Query {

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Reads what follows the question mark.
     *
     * @param raw still encoded, null when there is none
     * @throws BadRequest naming the parameter that cannot be used
     */
    Query(String raw, Set<String> known) throws BadRequest {
        if (raw == null || raw.isEmpty()) {
            return;
        }
        for (String pair : raw.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = decoded(equals < 0 ? pair : pair.substring(0, equals), pair);
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), key);
            if (!known.contains(key)) {
                String names = String.join(", ", known.stream().sorted().toList());
                throw new BadRequest("Parameter '" + key + "' is not known here.",
                    known.isEmpty() ? "This path takes no parameters." : "Known: " + names + ".");
            }
            if (values.put(key, value) != null) {
                throw new BadRequest("Parameter '" + key + "' is given twice.", "Give it once.");
            }
        }
    }

    private static String decoded(String text, String key) throws BadRequest {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequest("Parameter '" + key + "' is not encoded as a URL demands.", "Write % as %25.");
        }
    }

    String text(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    int number(String key, int least, int most, int otherwise) throws BadRequest {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException expected) {
            // told below
        }
        throw new BadRequest("Parameter '" + key + "' is '" + text + "'.", "It must be " + least + " to " + most + ".");
    }

    boolean flag(String key) throws BadRequest {
        String text = values.get(key);
        if ("true".equals(text) || "false".equals(text)) {
            return Boolean.parseBoolean(text);
        }
        throw new BadRequest(text == null ? "Parameter '" + key + "' is missing." : "Parameter '" + key + "' is '" + text + "'.",
            "It must be true or false: ?" + key + "=true");
    }
}
