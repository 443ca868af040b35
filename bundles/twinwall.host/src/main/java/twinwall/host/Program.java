/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of the host for a limited time. */
public final class Program {

    private static final long LAST_WORDS_MILLIS = 200;
    private static final long DEATH_MILLIS = 1000;

    private Program() {
    }

    /**
     * Runs it on the calling thread until it ends or its time is over; then it is killed, with the programs it has started that have
     * not left it. Its standard input is empty. What a program that goes on in the background writes is not waited for.
     *
     * @param environment what it gets beyond this process's own environment
     * @param folder where it runs
     * @throws InterruptedException when the caller was interrupted; the program is killed then, too
     */
    public static Outcome run(Command command, Map<String, String> environment, Path folder, long timeoutMillis)
        throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command.words()).directory(folder.toAbsolutePath().toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            return new Outcome(false, -1, "it cannot be started", String.valueOf(e.getMessage()));
        }
        FirstLine output = new FirstLine(process.getInputStream());
        output.start();
        try {
            if (!process.waitFor(timeoutMillis, TimeUnit.MILLISECONDS)) {
                return new Outcome(false, -1, "not finished within " + timeoutMillis + " ms", output.line());
            }
            output.join(LAST_WORDS_MILLIS);
            return new Outcome(true, process.exitValue(), "exit " + process.exitValue(), output.line());
        } finally {
            if (process.isAlive()) {
                kill(process);
            }
        }
    }

    /** Looks for the children before it kills their parent: afterwards nobody knows whose they were. */
    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        for (ProcessHandle child : children) {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
        process.waitFor(DEATH_MILLIS, TimeUnit.MILLISECONDS);
    }
}
