/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a bundle lacks, from the framework's message about requirements. */
final class Unresolved {

    private static final String MISSING = "missing requirement";
    private static final Pattern NEED = Pattern.compile("\\] ([a-z.]+); (\\(.*?\\)+)(?: Unresolved|\\]|$)");
    private static final Pattern NAME = Pattern.compile("\\((osgi\\.[a-z.]+)=([^)]*)\\)");
    private static final Pattern LEAST = Pattern.compile("(?<!!\\()\\(version>=([^)]*)\\)");
    private static final Pattern BELOW = Pattern.compile("!\\(version>=([^)]*)\\)");

    private Unresolved() {
    }

    /** For example {@code it needs package io.netty.buffer from version 4.2.0 to below 5.0.0, which no bundle here offers}. */
    static String inPlainWords(String message) {
        int missing = message.lastIndexOf(MISSING);
        Matcher need = NEED.matcher(missing < 0 ? message : message.substring(missing));
        if (!need.find()) {
            return message;
        }
        String filter = need.group(2);
        Matcher name = NAME.matcher(filter);
        String what = name.find() ? kind(name.group(1)) + " " + name.group(2) : need.group(1) + " " + filter;
        return "it needs " + what + version(LEAST, " from version ", filter) + version(BELOW, " to below ", filter)
            + ", which no bundle here offers";
    }

    private static String kind(String namespace) {
        return switch (namespace) {
            case "osgi.wiring.package" -> "package";
            case "osgi.wiring.bundle" -> "bundle";
            case "osgi.ee" -> "execution environment";
            default -> namespace;
        };
    }

    private static String version(Pattern pattern, String words, String filter) {
        Matcher version = pattern.matcher(filter);
        return version.find() ? words + version.group(1) : "";
    }
}
