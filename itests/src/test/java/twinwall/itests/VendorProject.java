/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The vendor's project {@code docs/examples/sip}, built and signed in both versions. Runs outside of the framework. */
final class VendorProject {

    private static final Path SOURCE = Path.of(System.getProperty("twinwall.top"), "docs", "examples", "sip");

    private VendorProject() {
    }

    /** Makes {@code sip-1.jar} and {@code sip-2.jar} in {@code work/vendor}; answers with the certificate of their signer. */
    static Path make(Path work) throws IOException, InterruptedException {
        Path vendor = Files.createDirectories(work.resolve("vendor"));
        VendorMaven maven = new VendorMaven();
        Path project = vendor.resolve("sip");
        copy(SOURCE, project);
        Programs.run(vendor, List.of("keytool", "-genkeypair", "-keystore", "vendor.p12", "-storepass", "changeit", "-alias", "vendor",
                "-keyalg", "EC", "-dname", "CN=Example SIP", "-validity", "365"));
        build(maven, project, "1.0.0", vendor.resolve("sip-1.jar"));
        Programs.run(project, List.of("patch", "-p1", "-i", "version-2.patch"));
        build(maven, project, "2.0.0", vendor.resolve("sip-2.jar"));
        Programs.run(vendor, List.of("keytool", "-exportcert", "-rfc", "-keystore", "vendor.p12", "-storepass", "changeit", "-alias",
                "vendor", "-file", "vendor.crt"));
        return vendor.resolve("vendor.crt");
    }

    private static void build(VendorMaven maven, Path project, String version, Path to) throws IOException, InterruptedException {
        maven.run(project, "package", "-DskipTests");
        Programs.run(project, List.of("jarsigner", "-keystore", "../vendor.p12", "-storepass", "changeit", "-signedjar", to.toString(),
                "target/com.example.sip-" + version + ".jar", "vendor"));
    }

    /** Copies a project as somebody would who has not built it yet. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(file -> !file.startsWith(from.resolve("target"))).forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
