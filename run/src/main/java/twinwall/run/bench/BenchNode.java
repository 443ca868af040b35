/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.felix.framework.FrameworkFactory;
import picocli.CommandLine;
import twinwall.run.node.Node;
import twinwall.run.node.PairFolder;

/** A firewall as a process of its own, reached over the port of its bundle {@code twinwall.bench}. */
final class BenchNode implements AutoCloseable {

    /** Heap of a node: two of them and the load fit a small machine. TWINWALL_BENCH_NODE_OPTS replaces it. */
    static final String JVM_OPTIONS = "-Xms1g -Xmx2g";

    private static final int TAIL_LINES = 8;
    private static final int END_WITHIN_SECONDS = 10;
    private static final long POLL_NANOS = 3_000_000L;

    private final PairFolder.Side side;
    private final Process process;
    private final long startedNanos = System.nanoTime();
    private final ConcurrentLinkedDeque<BenchConnection> idle = new ConcurrentLinkedDeque<>();

    private BenchNode(PairFolder.Side side, Process process) {
        this.side = side;
        this.process = process;
    }

    static String portFile(Path folder) {
        return folder.resolve("bench.port").toString();
    }

    /** Starts {@code run/node --config} with the Java and the class path that this program runs with. */
    static BenchNode start(PairFolder.Side side, String jvmOptions) throws IOException {
        Files.deleteIfExists(Path.of(portFile(side.folder())));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(Arrays.asList(jvmOptions.split(" +")));
        for (String key : List.of("twinwall.bundles", "twinwall.root")) {
            command.add("-D" + key + "=" + System.getProperty(key, ""));
        }
        command.addAll(List.of("-cp", classPath(), "twinwall.run.node.Node", "--config", side.folder().toString()));
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(log(side).toFile());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
        process.getOutputStream().close();
        return new BenchNode(side, process);
    }

    static String jvmOptions() {
        return System.getenv().getOrDefault("TWINWALL_BENCH_NODE_OPTS", JVM_OPTIONS);
    }

    private static Path log(PairFolder.Side side) {
        return side.folder().resolveSibling(side.name() + ".log");
    }

    /** As the script run/node has it: the rest of this program's libraries are bundles there. */
    private static String classPath() {
        return Stream.of(Node.class, CommandLine.class, FrameworkFactory.class).map(BenchNode::origin)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String origin(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
    }

    String name() {
        return side.name();
    }

    PairFolder.Side side() {
        return side;
    }

    /** This machine's monotonic clock when the process was started. */
    long startedNanos() {
        return startedNanos;
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    /** Processor time used so far, of all threads, user and kernel. */
    Duration cpu() throws IOException {
        return process.toHandle().info().totalCpuDuration()
                .orElseThrow(() -> new IOException("this system does not tell the processor time of a process"));
    }

    /** Sends a command and waits for its answer, however long that takes. Any thread. */
    Reply ask(String command) throws IOException {
        BenchConnection connection = idle.poll();
        if (connection == null) {
            connection = new BenchConnection(port());
        }
        Reply reply = connection.ask(command);
        idle.push(connection);
        return reply;
    }

    /** As {@link #ask}, meanwhile on another thread. */
    CompletableFuture<Reply> asking(String command) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return ask(command);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    Reply status() throws IOException {
        return ask("status");
    }

    private int port() throws IOException {
        Path file = Path.of(portFile(side.folder()));
        if (!Files.exists(file)) {
            throw new IOException(name() + " has no bench port yet");
        }
        return Integer.parseInt(Files.readString(file).strip());
    }

    /** Waits until its status is as wanted, and gives that status. */
    Reply await(String what, int seconds, Predicate<Reply> wanted) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        String last = "no answer";
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new IOException(name() + " ended by itself before it was " + what + ". Its last lines:\n" + tail());
            }
            try {
                Reply status = status();
                if (wanted.test(status)) {
                    return status;
                }
                last = Map.copyOf(status.values()).toString();
            } catch (IOException e) {
                last = e.getMessage();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IOException(name() + " was not " + what + " after " + seconds + " s (" + last + "). Its last lines:\n" + tail());
    }

    /** The last lines of its log, indented. */
    String tail() throws IOException {
        List<String> lines = new String(Files.readAllBytes(log(side)), StandardCharsets.UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream().map(line -> "    " + line)
                .collect(Collectors.joining("\n"));
    }

    /** SIGKILL: no goodbye, no last flush. Returns when the process is gone. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(name() + " survived SIGKILL for " + END_WITHIN_SECONDS + " s");
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        while (!idle.isEmpty()) {
            idle.poll().close();
        }
        kill();
    }
}
