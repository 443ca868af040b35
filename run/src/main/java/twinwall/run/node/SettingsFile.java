/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A {@code PID.cfg} file made from the commented template of its PID: the settings that are given replace the template's
 * lines {@code key = ...} or {@code #key = ...}, others are added at the end.
 */
final class SettingsFile {

    private static final String TEMPLATES = "config/";

    private final String pid;
    private final Map<String, String> settings = new TreeMap<>();

    /**
     * One file.
     *
     * @param pid for example {@code twinwall.group}, or {@code twinwall.link~a} for an instance of a factory
     */
    SettingsFile(String pid) {
        this.pid = pid;
    }

    SettingsFile with(String key, Object value) {
        settings.put(key, value.toString());
        return this;
    }

    SettingsFile withAll(Map<String, String> more) {
        settings.putAll(more);
        return this;
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(fileName(pid)), text());
    }

    /** File Install wants a hyphen where the PID of a factory's instance has a tilde: {@code twinwall.link-a.cfg}. */
    static String fileName(String pid) {
        return pid.replace('~', '-') + ".cfg";
    }

    String text() {
        Map<String, String> missing = new TreeMap<>(settings);
        String known = template().lines().map(line -> filled(line, missing)).collect(Collectors.joining("\n", "", "\n"));
        StringBuilder text = new StringBuilder(known);
        missing.forEach((key, value) -> text.append(line(key, value)).append('\n'));
        return text.toString();
    }

    private static String filled(String line, Map<String, String> missing) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            return line;
        }
        String key = line.substring(0, equals).replaceFirst("^#", "").strip();
        String value = missing.remove(key);
        return value == null ? line : line(key, value);
    }

    private static String line(String key, String value) {
        return key + " = " + value;
    }

    private String template() {
        String name = TEMPLATES + pid.replaceFirst("~.*", "") + ".cfg";
        try (InputStream in = SettingsFile.class.getResourceAsStream(name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
