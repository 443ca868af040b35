/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the host. */
final class Command {

    private static final int WITHIN_SECONDS = 10;

    private Command() {
    }

    /** Runs it to its end; words are separated by blanks. */
    static void run(List<String> by, String words) throws IOException {
        String complaint = complaint(by, words);
        if (complaint != null) {
            throw new IOException(words + ": " + complaint);
        }
    }

    /** Runs it to its end. Null when it went well, else the first line of what it said, or its status. */
    static String complaint(List<String> by, String words) throws IOException {
        List<String> command = new ArrayList<>(by);
        command.addAll(List.of(words.split(" ")));
        return complaint(command);
    }

    static String complaint(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(String.join(" ", command) + " did not end within " + WITHIN_SECONDS + " s");
            }
            int status = process.exitValue();
            return status == 0 ? null : said.isEmpty() ? "status " + status : said.lines().findFirst().orElse("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
    }
}
