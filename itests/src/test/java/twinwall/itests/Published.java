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

/** What {@code mvn deploy} of this build would put into a Maven repository, as a folder. Made of what the build has just packaged. */
final class Published {

    private static final Path TOP = Path.of(System.getProperty("twinwall.top"));
    private static final String VERSION = System.getProperty("twinwall.version");

    private Published() {
    }

    /** Makes the folder. */
    static Path in(Path repository) throws IOException {
        for (String module : List.of("", "cnf", "cnf/bom", "cnf/archetype", "bundles", "run")) {
            publish(repository, TOP.resolve(module));
        }
        try (Stream<Path> modules = Files.list(TOP.resolve("bundles"))) {
            for (Path module : modules.filter(folder -> Files.exists(folder.resolve("pom.xml"))).toList()) {
                publish(repository, module);
            }
        }
        return repository;
    }

    private static void publish(Path repository, Path module) throws IOException {
        String name = switch (TOP.relativize(module).toString()) {
            case "" -> "twinwall";
            case "cnf/bom" -> "twinwall-bom";
            case "cnf/archetype" -> "twinwall-handler";
            default -> module.getFileName().toString();
        };
        Path folder = Files.createDirectories(repository.resolve("twinwall").resolve(name).resolve(VERSION));
        Files.copy(module.resolve("pom.xml"), folder.resolve(name + "-" + VERSION + ".pom"));
        Path jar = module.resolve("target").resolve(name + "-" + VERSION + ".jar");
        if (Files.exists(jar)) {
            Files.copy(jar, folder.resolve(jar.getFileName()));
        }
    }
}
