/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A bundle of the suite and where Maven finds it. */
record SuiteBundle(String group, String artifact, String version) {

    /** A line of {@code mvn dependency:list} with absolute file names. */
    private static final Pattern LINE = Pattern.compile("\\s*([^:\\s]+):([^:]+):jar:([^:]+):[a-z]+:(/[^\\s]+\\.jar).*");

    /** Whether it is of Twinwall itself: a container cannot have it already. */
    boolean isOurs() {
        return group.equals("twinwall");
    }

    /**
     * The bundles in a folder.
     *
     * @param dependencies what {@code mvn dependency:list} wrote: every bundle of the folder is in it
     */
    static List<SuiteBundle> in(Path folder, Path dependencies) throws IOException {
        Map<String, SuiteBundle> known = new HashMap<>();
        for (String line : Files.readAllLines(dependencies)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                known.put(identity(Path.of(matcher.group(4))), new SuiteBundle(matcher.group(1), matcher.group(2), matcher.group(3)));
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().map(jar -> find(known, jar)).toList();
        }
    }

    private static SuiteBundle find(Map<String, SuiteBundle> known, Path jar) {
        SuiteBundle found = known.get(identity(jar));
        if (found == null) {
            throw new IllegalStateException(jar + " is none of the dependencies that Maven lists");
        }
        return found;
    }

    private static String identity(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            return String.valueOf(headers.getValue("Bundle-SymbolicName")).split(";")[0].strip() + " " + headers.getValue("Bundle-Version");
        } catch (IOException e) {
            throw new IllegalStateException(jar + " cannot be read", e);
        }
    }
}
