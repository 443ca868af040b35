/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The {@code PID.cfg} files of a firewall's config folder, kept aside while the firewall is not wanted. */
final class Settings {

    private static final String ASIDE = "settings";

    private Settings() {
    }

    /** How a firewall's framework finds its configuration, as {@code run/node} sets it. */
    static Map<String, String> frameworkProperties(Path folder) {
        return Map.of("twinwall.config.dir", folder.toString(),
                "felix.fileinstall.dir", folder.toString(),
                "felix.fileinstall.filter", ".*\\.cfg",
                "felix.fileinstall.subdir.mode", "skip",
                "felix.fileinstall.poll", "100",
                "felix.fileinstall.noInitialDelay", "true",
                "felix.fileinstall.enableConfigSave", "false",
                "felix.fileinstall.optionalImportRefreshScope", "none",
                "felix.fileinstall.tmpdir", folder.resolve("fileinstall").toString(),
                "ds.loglevel", "error");
    }

    /** Takes the files aside: the firewall has no configuration for now. */
    static void keep(Path folder) throws IOException {
        Path aside = Files.createDirectories(folder.resolve(ASIDE));
        for (Path file : files(folder)) {
            Files.move(file, aside.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Adds a file, to be put back with the others. The instance of a factory is {@code PID-NAME}. */
    static void add(Path folder, String pid, Map<String, String> settings) throws IOException {
        Properties file = new Properties();
        file.putAll(settings);
        try (var out = Files.newBufferedWriter(Files.createDirectories(folder.resolve(ASIDE)).resolve(pid + ".cfg"))) {
            file.store(out, null);
        }
    }

    /** Puts every file back, with some settings changed: keys are {@code PID/setting}. */
    static void apply(Path folder, Map<String, String> changes) {
        try {
            for (Path file : files(folder.resolve(ASIDE))) {
                write(folder, file, changes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts one PID's file back, with settings changed. */
    static void apply(Path folder, String pid, Map<String, String> changes) {
        try {
            write(folder, folder.resolve(ASIDE).resolve(pid + ".cfg"), changes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away what {@link #apply} wrote. */
    static void remove(Path folder) {
        try {
            for (Path file : files(folder)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path folder, Path from, Map<String, String> changes) throws IOException {
        Properties settings = new Properties();
        try (var in = Files.newBufferedReader(from)) {
            settings.load(in);
        }
        String pid = from.getFileName().toString().replace(".cfg", "");
        changes.forEach((key, value) -> {
            if (key.startsWith(pid + "/")) {
                settings.setProperty(key.substring(pid.length() + 1), value);
            }
        });
        Path unfinished = folder.resolve(pid + ".new");
        try (var out = Files.newBufferedWriter(unfinished)) {
            settings.store(out, null);
        }
        Files.move(unfinished, folder.resolve(from.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Iterable<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".cfg")).toList();
        }
    }
}
