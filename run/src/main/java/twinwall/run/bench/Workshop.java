/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import twinwall.run.program.Owned;

/**
 * What a measure works with: how long, a new folder for each pair, and somebody who cleans up however it ends.
 *
 * @param seconds that a measure of throughput lasts
 * @param minutes that a measure of endurance lasts
 * @param sessions that the measure of scale sets up
 * @param quick less of everything, to see that it works
 */
record Workshop(int seconds, int minutes, boolean quick, int rounds, int sessions, Path folder, Consumer<String> progress, Owned owned) {

    static Workshop in(Path folder, int seconds, int minutes, boolean quick, int rounds, int sessions,
            Consumer<String> progress) {
        return new Workshop(seconds, minutes, quick, rounds, sessions, folder, progress, new Owned(progress));
    }

    void tell(String line) {
        progress.accept(line);
    }

    Path newFolder(String name) throws IOException {
        return Files.createTempDirectory(folder, name + "-");
    }

    /** Closed when the measure has ended, or the program. */
    <T extends AutoCloseable> T own(T resource) {
        owned.own(resource);
        return resource;
    }

    void closeAll() {
        owned.close();
    }
}
