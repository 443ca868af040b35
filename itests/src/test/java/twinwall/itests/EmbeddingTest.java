/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static twinwall.itests.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.Test;
import twinwall.run.node.PairFolder;

/** An integrator's own program with an own firewall, {@code docs/examples/embedding}, hosts the suite. */
public class EmbeddingTest {

    private static final Path TOP = Path.of(System.getProperty("twinwall.top"));
    private static final long START_MILLIS = 120_000;
    private static final String CONNECTION = " 10.0.0.1:1000 198.51.100.1:80";

    @Test
    public void aSessionOfAnOwnFirewallGoesFromFelixToEquinox() throws Exception {
        Minutes.assumeWanted();
        Path work = Files.createDirectories(Node.emptied(Node.work(getClass())));
        Path project = work.resolve("host");
        VendorProject.copy(TOP.resolve("docs/examples/embedding"), project);
        VendorMaven maven = new VendorMaven();
        maven.run(project, "-Pfelix", "package");
        Files.move(project.resolve("target/lib"), work.resolve("felix"));
        maven.run(project, "-Pequinox", "package");
        PairFolder.at(work.resolve("a"), work.resolve("b")).make();

        try (Running a = host(project, work.resolve("felix"), work.resolve("a"));
                Running b = host(project, project.resolve("target/lib"), work.resolve("b"))) {
            eventually(START_MILLIS, "both are ready",
                    () -> a.ask("status").equals("ACTIVE ready") && b.ask("status").equals("STANDBY ready"));
            assertEquals("opened", a.ask("open" + CONNECTION));
            assertEquals("forwarded", a.ask("packet" + CONNECTION));
            assertEquals("standby", b.ask("packet" + CONNECTION));
            eventually("the other one knows it", () -> b.ask("sessions").equals("1"));
            a.close();
            eventually("it takes over", () -> b.ask("packet" + CONNECTION).equals("forwarded"));
            assertEquals("dropped", b.ask("packet 10.0.0.1:1001 198.51.100.1:80"));
            assertEquals(0, b.end());
        }
    }

    @Test
    public void thePageAboutItHasItsCode() throws Exception {
        WrittenPage page = WrittenPage.read(TOP.resolve("docs/embedding.md"));
        assertEquals(2, page.files().size());
        page.assertSameAs(TOP.resolve("docs/examples/embedding"));
    }

    private static Running host(Path project, Path libraries, Path config) throws Exception {
        return Running.start(project, Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                "target/com.example.host-1.0.0.jar:" + libraries + "/*", "com.example.host.Host",
                TOP.resolve("run/target/export/node").toString(), config.toString());
    }
}
