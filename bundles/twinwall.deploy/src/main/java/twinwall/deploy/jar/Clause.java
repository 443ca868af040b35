/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.osgi.framework.Version;

/**
 * A clause of a manifest header (OSGi Core, 1.3.2 General Syntax Definitions and 3.2.4 Common Header Syntax).
 *
 * @param paths what stands before the attributes, at least one
 * @param attributes text; numbers and versions where the header says that they are
 */
public record Clause(List<String> paths, Map<String, Object> attributes, Map<String, String> directives) {

    /**
     * Reads a header.
     *
     * @param header null for one that is missing
     * @throws IllegalArgumentException when it is not one
     */
    public static List<Clause> read(String header) {
        List<Clause> clauses = new ArrayList<>();
        if (header == null || header.isBlank()) {
            return clauses;
        }
        for (String text : split(header, ',')) {
            Clause clause = new Clause(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
            split(text, ';').forEach(clause::add);
            if (clause.paths.isEmpty() || clause.paths.contains("")) {
                throw new IllegalArgumentException("a clause has no name: " + text);
            }
            clauses.add(clause);
        }
        return clauses;
    }

    /** At the separator, where that is not quoted. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
                continue;
            }
            quoted ^= c == '"';
            if (c == separator && !quoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed: " + text);
        }
        parts.add(part.toString().strip());
        return parts;
    }

    private void add(String parameter) {
        int equals = equalsSign(parameter);
        if (equals < 0) {
            paths.add(parameter);
        } else if (parameter.charAt(equals - 1) == ':') {
            directives.put(parameter.substring(0, equals - 1).strip(), unquoted(parameter.substring(equals + 1)));
        } else {
            String key = parameter.substring(0, equals).strip();
            int colon = key.indexOf(':');
            String type = colon < 0 ? "String" : key.substring(colon + 1).strip();
            attributes.put(colon < 0 ? key : key.substring(0, colon).strip(), value(type, unquoted(parameter.substring(equals + 1))));
        }
    }

    private static int equalsSign(String parameter) {
        int equals = parameter.indexOf('=');
        int quote = parameter.indexOf('"');
        return equals > 0 && (quote < 0 || equals < quote) ? equals : -1;
    }

    private static Object value(String type, String text) {
        return switch (type) {
            case "Long" -> Long.valueOf(text.strip());
            case "Double" -> Double.valueOf(text.strip());
            case "Version" -> Version.parseVersion(text);
            default -> text;
        };
    }

    private static String unquoted(String text) {
        String value = text.strip();
        if (value.length() < 2 || value.charAt(0) != '"' || value.charAt(value.length() - 1) != '"') {
            return value;
        }
        return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    /** An attribute as text, or null. */
    public String text(String attribute) {
        Object value = attributes.get(attribute);
        return value == null ? null : value.toString();
    }
}
