/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, as the script {@code run/node} starts it. */
final class NodeProcess implements AutoCloseable {

    static final Path TARGET = Path.of(System.getProperty("twinwall.target", "target")).toAbsolutePath();
    static final Path BUNDLES = TARGET.resolve("export/node");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Process process;
    private final Path log;

    NodeProcess(Path log, Path bundles, String... arguments) throws IOException {
        this(List.of(), log, bundles, arguments);
    }

    /** With words before the command, for example {@code ip netns exec a}: they must become the program itself. */
    NodeProcess(List<String> before, Path log, Path bundles, String... arguments) throws IOException {
        this.log = log;
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("twinwall.jvm.flags", "").strip().split("\\s+")));
        command.add("-Dtwinwall.bundles=" + bundles);
        command.addAll(List.of("-cp", String.join(":", TARGET.resolve("twinwall-run.jar").toString(),
            TARGET.resolve("lib/picocli.jar").toString(), TARGET.resolve("lib/org.apache.felix.framework.jar").toString())));
        command.add(Node.class.getName());
        command.addAll(List.of(arguments));
        command.removeIf(String::isEmpty);
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** Waits until the log says something. */
    String awaitLog(String text) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!log().contains(text)) {
            if (Instant.now().isAfter(end) || !process.isAlive() && !log().contains(text)) {
                throw new AssertionError("'" + text + "' is not in the log: " + log());
            }
            Thread.onSpinWait();
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return log();
    }

    /** Types a line on the program's terminal. */
    void type(String line) throws IOException {
        process.outputWriter().write(line + "\n");
        process.outputWriter().flush();
    }

    /** Asks for a clean stop (SIGTERM). */
    void terminate() {
        process.destroy();
    }

    int awaitExit() throws Exception {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The process did not end: " + log());
        }
        return process.exitValue();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
