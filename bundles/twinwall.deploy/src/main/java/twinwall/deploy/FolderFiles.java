/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import twinwall.deploy.jar.JarFacts;

/**
 * The folder's files at one moment.
 *
 * @param byName those that passed every look into them, by symbolic name
 * @param bad those that did not
 * @param writing names of files that cannot be read yet
 */
record FolderFiles(Map<String, List<JudgedFile>> byName, List<JudgedFile> bad, Set<String> writing) {

    static FolderFiles of(Collection<JudgedFile> judged, Set<String> writing) {
        FolderFiles files = new FolderFiles(new TreeMap<>(), new ArrayList<>(), writing);
        for (JudgedFile file : judged) {
            if (file.facts() == null) {
                files.bad.add(file);
            } else {
                files.byName.computeIfAbsent(file.facts().name(), name -> new ArrayList<>()).add(file);
            }
        }
        return files;
    }

    /** Files of a symbolic name that passed. */
    List<JudgedFile> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** Whether a file that cannot be used, or cannot be read yet, stands for the bundle; {@code running} is null when it does not run. */
    boolean anchor(String name, InstalledBundle running) {
        boolean claimed = bad.stream().anyMatch(file -> file.claimedName().equals(name));
        if (claimed || running == null) {
            return claimed;
        }
        return bad.stream().anyMatch(file -> file.file().equals(running.file()))
            || !writing.isEmpty() && (running.file().isEmpty() || writing.contains(running.file()));
    }

    /** What all bundles here are. */
    Collection<JarFacts> facts() {
        return byName.values().stream().flatMap(List::stream).map(JudgedFile::facts).toList();
    }

    Set<String> hashes() {
        return facts().stream().map(JarFacts::hash).collect(Collectors.toSet());
    }
}
