/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which bundle of a node backs up which table, as the bundles say themselves (capability {@code twinwall.table}). */
final class HandlerBundles {

    private static final Pattern CAPABILITY = Pattern.compile("twinwall\\.table;[^,]*twinwall\\.table=\"?([a-z0-9-]+)\"?");

    private HandlerBundles() {
    }

    /** Table type to symbolic name. */
    static Map<String, String> in(Path folder) throws IOException {
        Map<String, String> names = new TreeMap<>();
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
        }
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                Attributes manifest = file.getManifest().getMainAttributes();
                Matcher found = CAPABILITY.matcher(String.valueOf(manifest.getValue("Provide-Capability")));
                while (found.find()) {
                    names.put(found.group(1), manifest.getValue("Bundle-SymbolicName").split(";")[0]);
                }
            }
        }
        return names;
    }
}
