/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The settings of one PID. A missing value is the default without a word; a value that cannot be used is the default with one line
 * that names the PID, the key, the value and what is used instead, for example
 * {@code twinwall.group: hello_interval_ms=0 must be 10 to 60000. Using 1000.}
 */
public final class Settings {

    private final String pid;
    private final Map<String, ?> values;
    private final Consumer<String> complain;

    /**
     * Reads from a component's properties.
     *
     * @param complain takes one line for each value that cannot be used
     */
    public Settings(String pid, Map<String, ?> values, Consumer<String> complain) {
        this.pid = pid;
        this.values = values;
        this.complain = complain;
    }

    /** What follows the {@code ~} of a PID, {@code a} of {@code twinwall.link~a}; {@code otherwise} when nothing does. */
    public static String instance(String pid, String otherwise) {
        int tilde = pid.indexOf('~');
        return tilde >= 0 && tilde < pid.length() - 1 ? pid.substring(tilde + 1) : otherwise;
    }

    /** The PID of these settings. */
    public String pid() {
        return pid;
    }

    /** A whole number from {@code least} to {@code most}. */
    public long number(String key, long least, long most, long otherwise) {
        String text = raw(key);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException expected) {
            // told below
        }
        return complain(key, text, least + " to " + most, otherwise);
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean otherwise) {
        String text = raw(key);
        if (text == null) {
            return otherwise;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> complain(key, text, "true or false", otherwise);
        };
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    public <T extends Enum<T>> T choice(String key, Class<T> type, T otherwise) {
        String text = raw(key);
        if (text == null) {
            return otherwise;
        }
        for (T constant : type.getEnumConstants()) {
            if (written(constant).equals(text)) {
                return constant;
            }
        }
        String all = Arrays.stream(type.getEnumConstants()).map(Settings::written).collect(Collectors.joining(", "));
        complain(key, text, "one of " + all, written(otherwise));
        return otherwise;
    }

    /** Any text. */
    public String text(String key, String otherwise) {
        String text = raw(key);
        return text == null ? otherwise : text;
    }

    /**
     * A text that has no default.
     *
     * @param must what it must be, for the message
     * @throws UnusableConfiguration when it is missing
     */
    public String needed(String key, String must) throws UnusableConfiguration {
        String text = raw(key);
        if (text == null) {
            throw new UnusableConfiguration(pid + ": " + key + " is missing. It must be " + must + ".");
        }
        return text;
    }

    /** Says that a value that has no default cannot be used: for throwing. */
    public UnusableConfiguration unusable(String key, String value, String must) {
        return new UnusableConfiguration(pid + ": " + key + "=" + value + " must be " + must + ".");
    }

    /** Says that a value cannot be used, in the form that all settings share. */
    public <T> T complain(String key, String value, String must, T instead) {
        complain.accept(pid + ": " + key + "=" + value + " must be " + must + ". Using " + instead + ".");
        return instead;
    }

    private String raw(String key) {
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        String text = value.toString().trim();
        return text.isEmpty() ? null : text;
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
