/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the host that a vendor or an integrator would type. */
final class Programs {

    private static final long MOST_MINUTES = 5;

    private Programs() {
    }

    /** Runs one in a folder until it ends; what it says is returned. Fails with that when it does not end with status 0. */
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", ".log");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).redirectOutput(said.toFile()).start();
        try {
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(command + " in " + folder + " did not end well:\n" + Files.readString(said));
            }
            return Files.readString(said);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(said);
        }
    }
}
