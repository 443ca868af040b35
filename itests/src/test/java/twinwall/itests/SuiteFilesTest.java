/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import aQute.bnd.osgi.repository.XMLResourceParser;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.resource.Resource;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.ID;
import twinwall.run.node.PairFolder;

/** What other containers install the suite from has what {@code run/node} runs: no more, no less, and the same bytes. */
public class SuiteFilesTest {

    private static final Path BUNDLES = Path.of(System.getProperty("twinwall.bundles"));
    private static final long STOP_MILLIS = 30_000;
    private static final Path SUITE = Path.of(System.getProperty("twinwall.top"), "run", "target", "suite");

    @Test
    public void theRepositoryIndexHasEveryBundleWithItsDigestAndEveryTable() throws Exception {
        List<Resource> resources = XMLResourceParser.getResources(BUNDLES.resolve("index.xml").toUri());
        Set<String> names = new TreeSet<>();
        for (Resource resource : resources.stream().filter(SuiteFilesTest::isFile).toList()) {
            Map<String, Object> content = resource.getCapabilities("osgi.content").get(0).getAttributes();
            Path jar = Path.of(BUNDLES.toUri().resolve(content.get("url").toString()));
            names.add(jar.getFileName().toString());
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            assertEquals(jar.toString(), HexFormat.of().formatHex(digest), content.get("osgi.content").toString().toLowerCase());
        }
        assertEquals(names(), names);
        assertEquals(Firewall.TABLES, resources.stream().flatMap(resource -> resource.getCapabilities("twinwall.table").stream())
                .map(table -> table.getAttributes().get("twinwall.table").toString()).sorted().toList());
    }

    @Test
    public void bothFeaturesHaveEveryBundle() throws Exception {
        List<String> karaf = found("features.xml", "<bundle[^>]*>mvn:([^<]+)</bundle>", "/");
        List<String> osgi = found("feature.json", "\\{\\s+\"id\": \"([^\"]+)\"\\s+\\}", ":");
        assertEquals(names().size(), osgi.size());
        assertEquals(osgi, karaf);
        assertTrue(osgi.toString(), osgi.contains("twinwall twinwall.engine " + System.getProperty("twinwall.version")));
    }

    @Test
    public void aReaderOfOsgiFeaturesFindsEveryBundleAndTheSuiteRunsFromThem() throws Exception {
        Minutes.assumeWanted();
        Feature feature;
        try (Reader json = Files.newBufferedReader(SUITE.resolve("feature.json"))) {
            feature = new FeatureServiceImpl().readFeature(json);
        }
        assertEquals("twinwall:run:osgifeature:feature:" + System.getProperty("twinwall.version"), feature.getID().toString());
        assertTrue("nothing else is needed", feature.isComplete());
        Path work = Node.emptied(Node.work(getClass()));
        PairFolder.at(work.resolve("a"), work.resolve("b")).make();
        Framework framework = new FrameworkFactory().newFramework(properties(work.resolve("a")));
        try {
            framework.init();
            List<Bundle> bundles = new ArrayList<>();
            for (FeatureBundle bundle : feature.getBundles()) {
                bundles.add(framework.getBundleContext().installBundle(inRepository(bundle.getID()).toUri().toString()));
            }
            framework.start();
            for (Bundle bundle : bundles) {
                bundle.start();
            }
            eventually("every table has a handler", () -> ManagementApi.status(work.resolve("a"))
                    .split("\"handler\":\\{", -1).length - 1 == Firewall.TABLES.size());
            assertEquals(List.of(), bundles.stream().filter(bundle -> bundle.getState() != Bundle.ACTIVE).toList());
        } finally {
            framework.stop();
            framework.waitForStop(STOP_MILLIS);
        }
    }

    private static Map<String, String> properties(Path config) {
        Map<String, String> properties = new HashMap<>(Settings.frameworkProperties(config));
        properties.put(Constants.FRAMEWORK_STORAGE, config.resolve("bundles").toString());
        properties.put("felix.service.urlhandlers", "false");
        return properties;
    }

    /** Where Maven has it: what is of this build is not in the local repository yet. */
    private static Path inRepository(ID id) {
        return id.getGroupId().equals("twinwall") ? Releases.built(id.getArtifactId())
                : Path.of(System.getProperty("maven.repository"), id.getGroupId().split("\\.")).resolve(id.getArtifactId())
                .resolve(id.getVersion()).resolve(id.getArtifactId() + "-" + id.getVersion() + ".jar");
    }

    /** The indexer also describes what a bundle needs on each version of Java, as resources without a file. */
    private static boolean isFile(Resource resource) {
        return !"bnd.synthetic".equals(resource.getCapabilities("osgi.identity").get(0).getAttributes().get("type"));
    }

    private static Set<String> names() throws Exception {
        return Node.jars(BUNDLES).stream().map(jar -> jar.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Group, artifact and version of each. */
    private static List<String> found(String file, String pattern, String separator) throws Exception {
        return Pattern.compile(pattern).matcher(Files.readString(SUITE.resolve(file))).results()
                .map(match -> match.group(1).replace(separator, " ")).toList();
    }
}
