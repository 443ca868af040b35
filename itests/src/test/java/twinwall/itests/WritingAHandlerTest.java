/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.Test;

/** {@code docs/writing-a-handler.md} can be followed word for word. */
public class WritingAHandlerTest {

    private static final Path DOCS = Path.of(System.getProperty("twinwall.top"), "docs");

    @Test
    public void thePageIsTheExampleProject() throws Exception {
        WrittenPage page = WrittenPage.read(DOCS.resolve("writing-a-handler.md"));
        assertEquals(8, page.files().size());
        page.assertSameAs(DOCS.resolve("examples/sip"));
    }

    @Test
    public void followedFromAnEmptyFolderItEndsWithATableThatSurvivesAFailover() throws Exception {
        Minutes.assumeWanted();
        Path work = Node.emptied(Node.work(getClass()));
        VendorMaven maven = new VendorMaven();
        Path folder = Files.createDirectory(work.resolve("vendor"));
        WrittenPage page = WrittenPage.read(DOCS.resolve("writing-a-handler.md"));
        page.save(folder.resolve("sip"));
        Path script = Files.writeString(work.resolve("page.sh"), page.script());

        String output = Programs.run(folder, List.of("env", "PATH=" + maven.bin() + ":" + System.getenv("PATH"),
                "TWINWALL=" + System.getProperty("twinwall.top"), "bash", script.toString()));

        for (int i = 0; i < page.commands().size(); i++) {
            List<String> expected = page.commands().get(i).printed();
            List<String> printed = page.printed(output, i).stream().filter(expected::contains).toList();
            assertEquals(page.commands().get(i).typed() + "\nprinted\n" + page.printed(output, i), expected, printed);
        }
    }
}
