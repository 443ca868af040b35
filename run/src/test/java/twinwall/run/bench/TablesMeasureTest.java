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
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import twinwall.firewall.Crl;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.PkiCertificate;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;

class TablesMeasureTest {

    private static final int ENTRIES = 500;
    private static final int SOME = 10;

    @TempDir
    private Path folder;

    @Test
    void entriesOfTheBenchAreDueAndTakenByTheFirewall() throws IOException {
        check("napt", TableUnderTest.of("napt", SampleHandler.class, ENTRIES));
    }

    private static <E extends Record> void check(String type, TableUnderTest<E> table) throws IOException {
        int count = table.most();
        List<E> made = table.made(count);
        assertThat(table.put(made).taken()).as(type + " reported").isEqualTo(count);
        assertThat(table.decode(table.bytes(made)).taken()).as(type + " read").isEqualTo(count);
        TableUnderTest.Pace restored = table.restore(table.firewall(), table.bytes(made));
        assertThat(restored.refused()).as(type + " refused").isEmpty();
        assertThat(restored.taken()).as(type + " restored").isEqualTo(count);
        table.fill(table.firewall(), count);
    }

    /** Only in a build of all bundles are there handlers on the class path. */
    @TestFactory
    Stream<DynamicTest> entriesOfEveryHandlerOnTheClassPathAreDueAndTaken() throws IOException {
        return HandlerClasses.on(getClass().getClassLoader()).entrySet().stream()
                .filter(handler -> !handler.getValue().getPackageName().startsWith("twinwall.bench"))
                .map(handler -> DynamicTest.dynamicTest(handler.getKey(),
                        () -> check(handler.getKey(), TableUnderTest.of(handler.getKey(), handler.getValue(), SOME))));
    }

    @Test
    void certificatesAndRevocationListsAreRealOnes() throws IOException {
        assertThat(Imported.certificates(2).entries()).hasSize(2).allSatisfy(entry -> assertThat(entry).isInstanceOf(PkiCertificate.class));
        Imported lists = Imported.revocationLists(2);
        assertThat(lists.entries()).hasSize(2).allSatisfy(entry -> assertThat(entry).isInstanceOf(Crl.class));
        EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.of(Map.of()));
        lists.prepare(firewall);
        assertThat(firewall.tables().get("pki-certificate").size()).isEqualTo(2);
    }

    @Test
    void aTableWithEntriesThatGetStuckIsNotMeasuredAndSaysWhere() {
        List<Row> rows = new TablesMeasure().rows("napt", IdleHandler.class, true);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).measured()).isFalse();
        assertThat(rows.get(0).what()).isEqualTo("napt: speed");
        assertThat(rows.get(0).details()).containsEntry("table", "napt")
                .containsEntry("notMeasured", "put: 0 of the bench's 10000 entries went through");
        assertThat(rows.get(1).details()).containsEntry("entries", 50_000L);
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
        assertThatThrownBy(() -> TableUnderTest.of("x", String.class, ENTRIES)).isInstanceOf(IOException.class)
                .hasMessageContaining("String");
    }
}
