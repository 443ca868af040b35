/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static twinwall.deploy.jar.SampleJars.BUNDLE;
import static twinwall.deploy.jar.SampleJars.content;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;
import twinwall.group.FileVerdict;

class JarInspectorTest {

    private static final JarLimits LIMITS = new JarLimits(100_000, 20, 500_000);

    @TempDir
    private Path folder;
    private SampleJars jars;

    @BeforeEach
    void prepare() {
        jars = new SampleJars(folder);
    }

    private static JarFacts inspect(Path jar) throws Refused {
        return new JarInspector(LIMITS, null).inspect(jar);
    }

    private static Refused refusal(Path jar) {
        return catchThrowableOfType(Refused.class, () -> inspect(jar));
    }

    private void assertRefused(Path jar, FileVerdict verdict, String... words) {
        Refused refused = refusal(jar);
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.verdict()).isEqualTo(verdict);
        for (String word : words) {
            assertThat(refused.getMessage()).contains(word);
        }
    }

    @Test
    void aBundleIsKnownByItsHeaders() throws Exception {
        JarFacts facts = inspect(jars.bundle());
        assertThat(facts.name()).isEqualTo("com.example.lease");
        assertThat(facts.version()).isEqualTo(new Version(1, 2, 0));
        assertThat(facts.tables()).containsExactly(new TableClaim("lease", 3, false));
        assertThat(facts.hash()).hasSize(64);
        assertThat(facts.needs()).extracting(Need::inWords).containsExactly("package twinwall.spi from version 1.1.0 to below 2.0.0");
    }

    @Test
    void descriptionsOfComponentsTellWhichTablesTheyWant() throws Exception {
        Map<String, byte[]> entries = content(BUNDLE);
        entries.put("OSGI-INF/a.xml", ("<property name=\"backup.table.type\" type=\"String\" value=\"lease\"/>"
            + "<property name=\"backup.table.sensitive\" type=\"Boolean\" value=\"true\"/>").getBytes(UTF_8));
        entries.put("OSGI-INF/b.xml", "<reference target=\"(firewall.table=aaa-user)\"/>".getBytes(UTF_8));
        JarFacts facts = inspect(jars.jar(entries));
        assertThat(facts.tables()).containsExactly(new TableClaim("lease", 3, true));
        assertThat(facts.firewallTables()).containsExactly("aaa-user");
    }

    @Test
    void whatABundleBringsItselfIsNotNeeded() throws Exception {
        String manifest = BUNDLE + "Export-Package: twinwall.spi;version=\"1.4\"\n";
        assertThat(inspect(jars.jar(content(manifest))).needs()).isEmpty();
    }

    @Test
    void aTextIsNoJar() throws Exception {
        assertRefused(Files.writeString(folder.resolve("x.jar"), "hello"), FileVerdict.NOT_A_JAR, "not a whole jar");
        assertRefused(Files.writeString(folder.resolve("y.jar"), ""), FileVerdict.NOT_A_JAR);
    }

    @Test
    void aJarThatIsStillBeingCopiedIsNotAWholeOne() throws Exception {
        byte[] whole = Files.readAllBytes(jars.bundle());
        for (int length = 0; length < whole.length; length += 37) {
            Path part = Files.write(folder.resolve("part.jar"), Arrays.copyOf(whole, length));
            assertRefused(part, FileVerdict.NOT_A_JAR);
        }
    }

    @Test
    void aJarWithoutHeadersOfABundleIsNone() throws Exception {
        assertRefused(jars.jar(Map.of("a.txt", new byte[3])), FileVerdict.NOT_A_BUNDLE, "Bundle-SymbolicName");
        assertRefused(jars.jar(content("Manifest-Version: 1.0\n")), FileVerdict.NOT_A_BUNDLE);
        assertRefused(jars.jar(content(BUNDLE.replace("ManifestVersion: 2", "ManifestVersion: 1"))), FileVerdict.NOT_A_BUNDLE);
    }

    @Test
    void aFragmentIsRefusedBecauseItWouldBecomePartOfAnother() throws Exception {
        Path fragment = jars.jar(content(BUNDLE + "Fragment-Host: twinwall.engine\n"));
        assertRefused(fragment, FileVerdict.NOT_A_BUNDLE, "fragment", "twinwall.engine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bundle-Version: one", "Import-Package: a;version=\"[1", "Require-Capability: x;filter:=\"(\"",
        "Import-Package: ;;", "Provide-Capability: twinwall.table;schema:Long=many"})
    void aHeaderThatCannotBeReadIsNamed(String header) throws Exception {
        String name = header.substring(0, header.indexOf(':'));
        String manifest = BUNDLE.lines().filter(line -> !line.startsWith(name + ":")).map(line -> line + "\n").reduce("", String::concat);
        assertRefused(jars.jar(content(manifest + header + "\n")), FileVerdict.NOT_A_BUNDLE, "manifest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/passwd", "a\\b", "C:evil", "a\nb"})
    void anEntryThatLeadsOutOfTheJarIsRefused(String name) throws Exception {
        assertRefused(jars.jar(content(BUNDLE, name)), FileVerdict.NOT_A_JAR, "leads out");
    }

    @Test
    void twoManifestsThatDifferInCaseAreRefused() throws Exception {
        Map<String, byte[]> entries = content(BUNDLE);
        entries.put("META-INF/manifest.mf", entries.get("META-INF/MANIFEST.MF"));
        assertRefused(jars.jar(entries), FileVerdict.NOT_A_JAR, "two entries");
    }

    @Test
    void aBombIsRefusedBeforeItIsUnpackedWhole() throws Exception {
        Map<String, byte[]> entries = content(BUNDLE);
        entries.put("zeros", new byte[5_000_000]);
        Path bomb = jars.jar(entries);
        assertThat(Files.size(bomb)).isLessThan(LIMITS.bytes());
        assertRefused(bomb, FileVerdict.TOO_LARGE, "max_unpacked_mib");
    }

    @Test
    void aBombInTheManifestIsRefused() throws Exception {
        Map<String, byte[]> entries = content(BUNDLE + "X: " + "0".repeat(2_000_000) + "\n");
        Refused refused = catchThrowableOfType(Refused.class,
            () -> new JarInspector(new JarLimits(100_000, 20, 50_000_000), null).inspect(jars.jar(entries)));
        assertThat(refused.verdict()).isEqualTo(FileVerdict.TOO_LARGE);
    }

    @Test
    void tooManyEntriesAndTooManyBytesAreRefused() throws Exception {
        String[] names = new String[21];
        Arrays.setAll(names, i -> "entry" + i);
        assertRefused(jars.jar(content(BUNDLE, names)), FileVerdict.TOO_LARGE, "max_entries=20");
        Map<String, byte[]> entries = content(BUNDLE);
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        entries.put("noise", noise);
        assertRefused(jars.jar(entries), FileVerdict.TOO_LARGE, "max_jar_mib");
    }

    @Test
    void theNameThatARefusedJarGivesItselfIsKnown() throws Exception {
        JarInspector strict = new JarInspector(LIMITS, SignerList.NOBODY);
        assertThat(strict.claimedName(jars.bundle())).isEqualTo("com.example.lease");
        assertThat(strict.claimedName(jars.jar(content("Manifest-Version: 1.0\n")))).isEmpty();
        assertThat(strict.claimedName(Files.writeString(folder.resolve("x.jar"), "hello"))).isEmpty();
    }
}
