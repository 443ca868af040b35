/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.pair;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.felix.framework.FrameworkFactory;
import picocli.CommandLine;
import twinwall.run.node.Node;
import twinwall.run.node.PairFolder;

/**
 * A firewall as a process of its own, with a log beside its config folder. For one thread, but for {@link #close}, which any thread may
 * call.
 */
public final class NodeProcess implements AutoCloseable {

    private static final int TAIL_LINES = 12;
    private static final int END_WITHIN_SECONDS = 5;

    private final PairFolder.Side side;
    private final Path log;
    private final Process process;
    private NodeApi api;
    private boolean killed;

    private NodeProcess(PairFolder.Side side, Path log, Process process) {
        this.side = side;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts {@code run/node --config} with the Java and the class path that this program runs with.
     *
     * @param side its config folder
     * @param without symbolic names of bundles that are left out
     * @throws IOException when the process cannot be started
     */
    public static NodeProcess start(PairFolder.Side side, Set<String> without) throws IOException {
        return start(side, without, List.of());
    }

    /**
     * The same by another command, which must become the node without another process between, as {@code nsenter} does. The log of an
     * earlier process of this firewall is gone on with.
     *
     * @param by words that stand before {@code java}
     */
    public static NodeProcess start(PairFolder.Side side, Set<String> without, List<String> by) throws IOException {
        Path log = side.folder().resolveSibling(side.name() + ".log");
        List<String> command = new ArrayList<>(by);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Small and quick to start: two of them share this machine with the demo.
        command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx768m"));
        for (String key : List.of("twinwall.bundles", "twinwall.root")) {
            command.add("-D" + key + "=" + System.getProperty(key, ""));
        }
        command.addAll(List.of("-cp", classPath(), "twinwall.run.node.Node", "--config", side.folder().toString()));
        without.forEach(bundle -> command.addAll(List.of("--without", bundle)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        process.getOutputStream().close();
        return new NodeProcess(side, log, process);
    }

    /** As the script run/node has it: the rest of this program's libraries are bundles there. */
    private static String classPath() {
        return Stream.of(Node.class, CommandLine.class, FrameworkFactory.class).map(NodeProcess::origin)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String origin(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
    }

    /** Its name in the group, for example {@code fw-a}. */
    public String name() {
        return side.name();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** The file that its log goes to, with that of earlier processes of this firewall. */
    public Path log() {
        return log;
    }

    /** Whether the process runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Whether it is gone although nobody has killed it. */
    public boolean endedByItself() {
        return !killed && !process.isAlive();
    }

    /**
     * The management API.
     *
     * @return null until the node has said where it is
     * @throws IOException when what it has said cannot be read
     */
    public NodeApi api() throws IOException {
        if (api == null && side.managementPort() > 0) {
            api = new NodeApi(side.managementPort(), side.token());
        }
        return api;
    }

    /** Its config folder. */
    public Path folder() {
        return side.folder();
    }

    /**
     * Where it takes packets.
     *
     * @return a TCP port on 127.0.0.1; 0 until there is one
     * @throws IOException when its port file cannot be read
     */
    public int packetPort() throws IOException {
        return side.packetPort();
    }

    /** The last twelve lines of its log, indented, for people; when the log cannot be read, why. */
    public String tail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                    .map(line -> "    " + line).toList());
        } catch (IOException e) {
            return "    (its log cannot be read: " + e.getMessage() + ")";
        }
    }

    /**
     * SIGKILL: no goodbye, no last flush. Returns when the process is gone.
     *
     * @throws IOException when it is still there after 5 s
     */
    public void kill() throws IOException {
        killed = true;
        process.destroyForcibly();
        try {
            if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(name() + " survived SIGKILL for " + END_WITHIN_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** SIGSTOP: it does nothing any more until it is {@link #resume resumed}. Returns when it has stopped. */
    public void pause() throws IOException {
        Signals.pause(process);
    }

    /** SIGCONT. */
    public void resume() throws IOException {
        Signals.resume(process);
    }

    /** Kills it, and does not wait. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
