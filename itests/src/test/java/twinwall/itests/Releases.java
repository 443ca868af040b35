/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The API bundles of earlier releases, in {@code cnf/baseline}, and those of this build. */
final class Releases {

    private static final Path TOP = Path.of(System.getProperty("twinwall.top"));
    private static final Path BASELINE = TOP.resolve("cnf/baseline/twinwall");

    private Releases() {
    }

    /** Every bundle of every release. */
    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(BASELINE)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** A bundle of a release. */
    static Path of(String bundle, String version) {
        return BASELINE.resolve(bundle).resolve(version).resolve(bundle + "-" + version + ".jar");
    }

    /** That bundle as this build has made it. */
    static Path built(String bundle) {
        return TOP.resolve("bundles").resolve(bundle).resolve("target")
                .resolve(bundle + "-" + System.getProperty("twinwall.version") + ".jar");
    }

    /** Every bundle that this build has made. */
    static List<Path> built() throws IOException {
        try (Stream<Path> folders = Files.list(TOP.resolve("bundles"))) {
            return folders.map(folder -> built(folder.getFileName().toString())).filter(Files::exists).sorted().toList();
        }
    }
}
