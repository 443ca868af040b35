/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;
import static twinwall.itests.ManagementApi.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.Test;
import twinwall.run.node.PairFolder;

/** The suite in a Karaf as Maven Central has it, beside a firewall that {@code run/node} runs. */
public class KarafTest {

    private static final String VERSION = "4.4.8";
    private static final long START_MILLIS = 300_000;
    private static final Path TOP = Path.of(System.getProperty("twinwall.top"));

    @Test
    public void aFirewallInKarafAndOneInANodeAreAPair() throws Exception {
        Minutes.assumeWanted();
        Path work = Files.createDirectories(Node.emptied(Node.work(getClass())));
        VendorMaven maven = new VendorMaven();
        maven.run(work, "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
                "-Dartifact=org.apache.karaf:apache-karaf-minimal:" + VERSION + ":tar.gz", "-DoutputDirectory=" + work);
        Programs.run(work, List.of("tar", "xzf", "apache-karaf-minimal-" + VERSION + ".tar.gz"));
        Path karaf = work.resolve("apache-karaf-minimal-" + VERSION);
        PairFolder.at(work.resolve("a"), work.resolve("b")).make();
        configure(karaf, maven, work.resolve("a"));

        try (Running inKaraf = Running.start(karaf, "bin/karaf", "server");
                Running inNode = Running.start(work, TOP.resolve("run/node").toString(), "--config", work.resolve("b").toString())) {
            eventually(START_MILLIS, "the firewall in Karaf answers and is ready",
                    () -> status(work.resolve("a")).contains("\"ready\":true"));
            eventually(START_MILLIS, "it has every table, in sync with its peer",
                    () -> status(work.resolve("a")).split("\"inSync\":true", -1).length - 1 == Firewall.TABLES.size());
            assertTrue(status(work.resolve("b")), status(work.resolve("b")).contains("\"peer\":{\"firewall\":\"fw-a\""));
        }
    }

    /** What docs/embedding.md says, with the repositories of this build in place of Maven Central. */
    private static void configure(Path karaf, VendorMaven maven, Path config) throws IOException {
        Path etc = karaf.resolve("etc");
        edit(etc.resolve("config.properties"), " org.apache.karaf.branding, ", " org.apache.karaf.branding, com.sun.net.httpserver, ");
        edit(etc.resolve("custom.properties"), "", "twinwall.config.dir = " + config + "\n");
        edit(etc.resolve("org.apache.karaf.features.cfg"), "featuresRepositories = ",
                "featuresRepositories = " + TOP.resolve("run/target/suite/features.xml").toUri() + ", ");
        edit(etc.resolve("org.apache.karaf.features.cfg"), "    config/" + VERSION, "    config/" + VERSION + ", twinwall");
        edit(etc.resolve("org.ops4j.pax.url.mvn.cfg"), "org.ops4j.pax.url.mvn.repositories= ", "org.ops4j.pax.url.mvn.repositories= "
                + maven.published() + "@id=twinwall@snapshots, " + maven.here() + "@id=here, ");
        // Else Karaf keeps what it fetches in the local repository of whoever runs this.
        edit(etc.resolve("org.ops4j.pax.url.mvn.cfg"), "#org.ops4j.pax.url.mvn.localRepository=",
                "org.ops4j.pax.url.mvn.localRepository = " + karaf.resolve("data/maven"));
        try (Stream<Path> settings = Files.list(config)) {
            for (Path file : settings.filter(name -> name.toString().endsWith(".cfg")).toList()) {
                Files.copy(file, etc.resolve(file.getFileName()));
            }
        }
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertTrue(file + " has " + from, text.contains(from));
        Files.writeString(file, from.isEmpty() ? text + to : text.replace(from, to));
    }
}
