/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

import org.junit.Test;

/** What {@code mvn archetype:generate} makes is a handler that keeps the contract. */
public class ArchetypeTest {

    @Test
    public void aGeneratedProjectIsBuiltAndPassesTheContractTest() throws Exception {
        Minutes.assumeWanted();
        Path work = Files.createDirectories(Node.emptied(Node.work(getClass())));
        VendorMaven maven = new VendorMaven();
        Path folder = Files.createDirectory(work.resolve("vendor"));

        maven.run(folder, "org.apache.maven.plugins:maven-archetype-plugin:3.4.1:generate", "-DinteractiveMode=false",
                "-DarchetypeGroupId=twinwall", "-DarchetypeArtifactId=twinwall-handler",
                "-DarchetypeVersion=" + System.getProperty("twinwall.version"), "-DarchetypeCatalog=internal",
                "-DgroupId=com.vendor", "-DartifactId=com.vendor.route", "-Dversion=1.2.3", "-Dpackage=com.vendor.route",
                "-Dentry=Route", "-Dtable=vendor-route");
        Path project = folder.resolve("com.vendor.route");
        maven.run(project, "package");

        String report = Files.readString(project.resolve("target/surefire-reports/TEST-com.vendor.route.RouteHandlerTest.xml"));
        assertTrue(report.lines().limit(3).toList().toString(), report.matches("(?s).*tests=\"[2-9]\\d\" errors=\"0\" .*"));
        try (JarFile jar = new JarFile(project.resolve("target/com.vendor.route-1.2.3.jar").toFile())) {
            assertEquals("com.vendor.route", jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"));
            assertTrue(jar.getManifest().getMainAttributes().getValue("Provide-Capability"),
                    jar.getManifest().getMainAttributes().getValue("Provide-Capability").contains("twinwall.table=vendor-route;"));
        }
    }
}
