/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.Test;

/** What vendors import has what this build makes. */
public class BomTest {

    private static final Path TOP = Path.of(System.getProperty("twinwall.top"));

    @Test
    public void theBomHasEveryBundleInTheVersionOfThisBuild() throws IOException {
        List<String> bundles = found("bundles/pom.xml", "<module>([^<]+)</module>").stream()
                .filter(bundle -> !bundle.equals("twinwall.bench")).toList();
        assertEquals(bundles, found("cnf/bom/pom.xml",
                "<groupId>twinwall</groupId><artifactId>([^<]+)</artifactId><version>\\$\\{project.version}</version>"));
        assertEquals(List.of(System.getProperty("twinwall.version")),
                found("cnf/bom/pom.xml", "<artifactId>twinwall-bom</artifactId>\\s*<version>([^<]+)</version>"));
    }

    @Test
    public void theBomHasTheAnnotationsInTheVersionsOfThisBuild() throws IOException {
        String osgi = "<groupId>org.osgi</groupId>(<artifactId>[^<]+</artifactId><version>[^<]+</version>)";
        List<String> pinned = found("cnf/pom.xml", osgi);
        List<String> offered = found("cnf/bom/pom.xml", osgi);
        assertEquals(2, offered.size());
        assertEquals(offered, pinned.stream().filter(offered::contains).toList());
    }

    private static List<String> found(String file, String pattern) throws IOException {
        return Pattern.compile(pattern).matcher(Files.readString(TOP.resolve(file))).results().map(match -> match.group(1))
                .toList();
    }
}
