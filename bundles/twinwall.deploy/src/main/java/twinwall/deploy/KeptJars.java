/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import twinwall.deploy.jar.Refused;
import twinwall.group.FileVerdict;
import twinwall.host.WholeFile;

/**
 * What outlives the process: for each bundle the jar that is known to work, to go back to, and which jars were tried in vain. On disk:
 * {@code NAME.jar}, and {@code failed} with a line {@code HASH VERDICT MESSAGE} for each. Used by one thread at a time, but
 * {@link #failure} by any.
 */
final class KeptJars {

    private static final String FAILED = "failed";

    private final Path folder;
    private volatile Map<String, Refused> failures = Map.of();

    /** Reads what an earlier process left; a damaged list counts as none. */
    KeptJars(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Path list = folder.resolve(FAILED);
        if (Files.exists(list)) {
            failures = Files.readAllLines(list).stream().map(line -> line.split(" ", 3)).filter(KeptJars::isFailure)
                .collect(Collectors.toMap(line -> line[0], line -> new Refused(FileVerdict.valueOf(line[1]), line[2]), (a, b) -> a,
                    TreeMap::new));
        }
    }

    private static boolean isFailure(String[] line) {
        if (line.length != 3) {
            return false;
        }
        try {
            FileVerdict.valueOf(line[1]);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Where the good jar of a bundle is, if there is one. */
    Path good(String name) {
        return folder.resolve(name + ".jar");
    }

    /** From now on this is the good jar. */
    void keep(String name, Path jar) throws IOException {
        Path unfinished = folder.resolve("." + name + ".new");
        Files.copy(jar, unfinished, StandardCopyOption.REPLACE_EXISTING);
        Files.move(unfinished, good(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** There is nothing to go back to any more. */
    void forget(String name) throws IOException {
        Files.deleteIfExists(good(name));
    }

    /** How a jar went wrong when it was tried, or null. */
    Refused failure(String hash) {
        return failures.get(hash);
    }

    /** Not to be tried again while it stays in the folder. */
    void failed(String hash, Refused refusal) throws IOException {
        Map<String, Refused> more = new TreeMap<>(failures);
        more.put(hash, refusal);
        write(more);
    }

    /** Forgets failures of jars that are in the folder no longer. */
    void retainFailures(Set<String> hashes) throws IOException {
        if (!hashes.containsAll(failures.keySet())) {
            Map<String, Refused> less = new TreeMap<>(failures);
            less.keySet().retainAll(hashes);
            write(less);
        }
    }

    private void write(Map<String, Refused> changed) throws IOException {
        failures = changed;
        WholeFile.write(folder.resolve(FAILED), changed.entrySet().stream().map(failure -> failure.getKey() + " "
            + failure.getValue().verdict() + " " + failure.getValue().getMessage().replaceAll("\\R", " ")
            + "\n").collect(Collectors.joining()));
    }
}
