/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Clazz;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import org.junit.Test;

/** What holds for every package that others build against. */
public class ApiTest {

    private static final List<String> API = List.of("twinwall.host", "twinwall.link", "twinwall.record", "twinwall.spi",
            "twinwall.testkit");

    @Test
    public void everyTypeThatCanBeImplementedSaysByWhom() throws Exception {
        List<String> silent = new ArrayList<>();
        int looked = 0;
        for (Path jar : Releases.built()) {
            try (Analyzer analyzer = new Analyzer(new Jar(jar.toFile()))) {
                analyzer.analyze();
                Parameters api = new Parameters(analyzer.getJar().getManifest().getMainAttributes().getValue("Export-Package"));
                for (Clazz type : analyzer.getClassspace().values()) {
                    if (api.containsKey(type.getClassName().getPackageRef().getFQN()) && type.isPublic() && isOpen(type)) {
                        looked++;
                        if (type.annotations().stream().noneMatch(each -> each.getFQN().matches(".*\\.(Consumer|Provider)Type"))) {
                            silent.add(type.getFQN());
                        }
                    }
                }
            }
        }
        assertEquals("types without @ConsumerType or @ProviderType", List.of(), silent);
        assertTrue("types looked at: " + looked, looked > 20);
    }

    @Test
    public void noPackageHasChangedSinceAReleaseWithoutSayingSoInItsVersion() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Path released : Releases.all()) {
            Path built = Releases.built(bundle(released));
            try (Processor processor = new Processor(); Jar older = new Jar(released.toFile()); Jar newer = new Jar(built.toFile())) {
                Baseline baseline = new Baseline(processor, new DiffPluginImpl());
                for (Baseline.Info changed : baseline.baseline(newer, older, null)) {
                    if (changed.mismatch) {
                        wrong.add(changed.packageName + " " + changed.newerVersion + " must be at least " + changed.suggestedVersion
                                + ", because since " + released.getFileName() + ": " + changed.packageDiff);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals("bundles that are compared", API, Releases.all().stream().map(ApiTest::bundle).distinct().toList());
    }

    private static String bundle(Path released) {
        return released.getParent().getParent().getFileName().toString();
    }

    private static boolean isOpen(Clazz type) {
        return type.isInterface() ? !type.isAnnotation() : !type.isFinal() && !type.isEnum();
    }
}
