/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.ops4j.pax.exam.Option;
import twinwall.run.node.PairFolder;

/** What Pax Exam's framework is made of: exactly the bundles of {@code run/node}, as firewall {@code fw-b}. */
final class Node {

    private Node() {
    }

    /** Makes a pair's keys and ports and a vendor's bundles, once for a test class, and the options for its framework. */
    static Option[] options(Class<?> test) {
        try {
            Path work = emptied(work(test));
            PairFolder.at(work.resolve("a"), work.resolve("b"))
                    .with("twinwall.group", "hello_interval_ms", "100")
                    .with("twinwall.group", "hello_misses", "10")
                    .with("twinwall.group", "backup_interval_ms", "20")
                    .with("twinwall.link~a", "reconnect_pause_ms", "50")
                    .with("twinwall.firewall.embedded", "napt_pool", "203.0.113.1")
                    .with("twinwall.firewall.embedded", "closed_timeout_s", "1")
                    .make();
            Settings.keep(work.resolve("a"));
            Settings.keep(work.resolve("b"));
            VendorBundles.make(work.resolve("vendor"));
            Map<String, String> properties = new HashMap<>(Settings.frameworkProperties(work.resolve("b")));
            properties.put("twinwall.itests.work", work.toString());
            return new Option[] {composite(bundles()), composite(properties.entrySet().stream()
                    .map(property -> frameworkProperty(property.getKey()).value(property.getValue())).toArray(Option[]::new)),
                    junitBundles(), paxExamLogging()};
        } catch (Exception e) {
            throw new IllegalStateException("The framework cannot be prepared", e);
        }
    }

    /** The folder of a test class. */
    static Path work(Class<?> test) {
        return Path.of(System.getProperty("twinwall.work"), test.getSimpleName());
    }

    /** Without what an earlier run has left. */
    static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    private static Option paxExamLogging() {
        return systemPackages("org.slf4j;version=2.0.17", "org.slf4j.event;version=2.0.17", "org.slf4j.helpers;version=2.0.17",
                "org.slf4j.spi;version=2.0.17", "org.slf4j;version=1.7.36", "org.slf4j.helpers;version=1.7.36");
    }

    private static Option[] bundles() throws IOException {
        return jars(Path.of(System.getProperty("twinwall.bundles"))).stream().map(jar -> bundle(jar.toUri().toString()))
                .toArray(Option[]::new);
    }

    static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
