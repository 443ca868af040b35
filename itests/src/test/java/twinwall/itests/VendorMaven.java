/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The Maven of a vendor who has nothing of this build but what it publishes: an own local repository, and Twinwall from a folder that is
 * laid out like a released one. Libraries and plugins come from this build's local repository where it has them: nothing is loaded twice.
 */
final class VendorMaven {

    private static final String SETTINGS = """
            <settings>
              <profiles>
                <profile>
                  <id>vendor</id>
                  <repositories>
                    <repository>
                      <id>twinwall</id>
                      <url>%1$s</url>
                    </repository>
                    <repository>
                      <id>here</id>
                      <url>%2$s</url>
                      <releases><checksumPolicy>ignore</checksumPolicy></releases>
                      <snapshots><enabled>false</enabled></snapshots>
                    </repository>
                  </repositories>
                  <pluginRepositories>
                    <pluginRepository>
                      <id>here</id>
                      <url>%2$s</url>
                      <releases><checksumPolicy>ignore</checksumPolicy></releases>
                      <snapshots><enabled>false</enabled></snapshots>
                    </pluginRepository>
                  </pluginRepositories>
                </profile>
              </profiles>
              <activeProfiles><activeProfile>vendor</activeProfile></activeProfiles>
            </settings>
            """;

    private final Path command;
    private final URI published;
    private final URI here;

    /** The same for all tests, so that plugins are copied once; but for Twinwall, which comes anew from this build. */
    VendorMaven() throws IOException {
        Path folder = Files.createDirectories(Node.work(VendorMaven.class));
        Path settings = folder.resolve("settings.xml");
        Node.emptied(folder.resolve("repository/twinwall"));
        published = Published.in(Node.emptied(folder.resolve("published"))).toUri();
        here = Path.of(System.getProperty("maven.repository")).toUri();
        Files.writeString(settings, SETTINGS.formatted(published, here));
        command = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.writeString(command, """
                #!/bin/sh
                exec '%s/bin/mvn' -B -ntp -gs '%s' -Dmaven.repo.local='%s' "$@"
                """.formatted(System.getProperty("maven.home"), settings, folder.resolve("repository")));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }

    /** The repository with what this build publishes. */
    URI published() {
        return published;
    }

    /** A repository with the libraries of this build. */
    URI here() {
        return here;
    }

    /** The folder to put first in PATH. */
    Path bin() {
        return command.getParent();
    }

    /** Runs it in a project's folder. */
    void run(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command.toString(), "-q"));
        line.addAll(List.of(arguments));
        Programs.run(project, line);
    }
}
