/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.firewall.NaptMapping;

class TablesMeasureTest {

    private static final int ENTRIES = 500;

    @TempDir
    private Path folder;

    @Test
    void entriesOfTheBenchAreDueAndTakenByTheFirewall() throws IOException {
        check("napt", TableUnderTest.of("napt", SampleHandler.class));
    }

    private static <E extends Record> void check(String type, TableUnderTest<E> table) throws IOException {
        List<E> made = table.made(ENTRIES);
        assertThat(table.put(made).taken()).as(type + " reported").isEqualTo(ENTRIES);
        assertThat(table.decode(table.bytes(made)).taken()).isEqualTo(ENTRIES);
        assertThat(table.restore(table.firewall(), table.bytes(made)).taken()).as(type + " restored").isEqualTo(ENTRIES);
        assertThat(table.fill(table.firewall(), ENTRIES)).isEqualTo(ENTRIES);
    }

    @Test
    void whatIsGivenByNameWinsOverWhatIsMade() {
        NaptMapping mapping = new NumberedEntries<>(NaptMapping.class, Map.of("pool", number -> 7)).entry(3);
        assertThat(mapping.pool()).isEqualTo(7);
        assertThat(mapping.inside().toString()).isEqualTo("10.0.0.3");
        assertThat(mapping.protocol()).isEqualTo(6);
    }

    @Test
    void handlersAreFoundByTheComponentsOfTheirBundles() throws IOException {
        Files.createDirectories(folder.resolve("META-INF"));
        Files.createDirectories(folder.resolve("OSGI-INF"));
        Files.writeString(folder.resolve("META-INF/MANIFEST.MF"),
                "Manifest-Version: 1.0\nService-Component: OSGI-INF/a.xml,OSGI-INF/b.xml\n");
        Files.writeString(folder.resolve("OSGI-INF/a.xml"), "<component><property name=\"backup.table.type\" value=\"a-table\"/>"
                + "<implementation class=\"" + SampleHandler.class.getName() + "\"/></component>");
        Files.writeString(folder.resolve("OSGI-INF/b.xml"), "<component><implementation class=\"no.Handler\"/></component>");
        try (URLClassLoader path = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            assertThat(HandlerClasses.on(path)).containsEntry("a-table", SampleHandler.class);
        }
    }

    @Test
    void aHandlerThatIsMadeInAnotherWayIsTold() {
        assertThatThrownBy(() -> TableUnderTest.of("x", String.class)).isInstanceOf(IOException.class).hasMessageContaining("String");
    }
}
