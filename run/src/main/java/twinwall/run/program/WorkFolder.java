/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where a program keeps what its firewalls write. */
public final class WorkFolder {

    private WorkFolder() {
    }

    /**
     * Makes it.
     *
     * @param keep what the user named with {@code --keep}; null for a temporary folder
     * @param prefix of a temporary folder's name
     * @throws ParameterException when that is there already: nothing of the user's is written over
     */
    public static Path of(Path keep, String prefix, CommandLine line) throws IOException {
        if (keep == null) {
            return Files.createTempDirectory(prefix);
        }
        if (Files.exists(keep)) {
            throw new ParameterException(line, keep + " is there already. Name a new folder to keep logs in");
        }
        return Files.createDirectories(keep);
    }
}
