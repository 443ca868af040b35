/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs beside a test, and all that it has started; it is killed when closed. */
final class Running implements AutoCloseable {

    private static final long END_SECONDS = 30;

    private final Process process;
    private final Path complaints;
    private final BufferedReader out;
    private final BufferedWriter in;

    private Running(Path folder, List<String> command) throws IOException {
        complaints = Files.createTempFile(folder, "running", ".log");
        process = new ProcessBuilder(command).directory(folder.toFile()).redirectError(complaints.toFile()).start();
        out = process.inputReader();
        in = process.outputWriter();
    }

    /** Starts it in a folder. */
    static Running start(Path folder, String... command) throws IOException {
        return new Running(folder, List.of(command));
    }

    /** Says a line to it; returns the line that it answers. */
    String ask(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
        String answer = out.readLine();
        if (answer == null) {
            throw new IOException("It has ended: " + Files.readString(complaints));
        }
        return answer;
    }

    /** Ends its input, and waits until it has ended itself; returns the exit status. */
    int end() throws IOException, InterruptedException {
        in.close();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("It did not end: " + Files.readString(complaints));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
