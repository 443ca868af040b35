/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import twinwall.run.pair.Folders;

/** Two firewalls on the two machines of a {@link NetworkLab}, with the files of {@code docs/examples}. */
final class LabPair implements AutoCloseable {

    static final Path EXAMPLES = Path.of("../docs/examples");

    private static final long PATIENCE_SECONDS = 60;

    private final Path work;
    private final NetworkLab lab;
    private final Path shared;
    private final PairFolder folders;
    private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();

    /** Makes the machines and the config folders; no firewall runs yet. */
    LabPair(Path work) throws Exception {
        this.work = work;
        lab = new NetworkLab();
        shared = Files.createTempDirectory(Path.of("/run"), "twinwall-it");
        folders = PairFolder.at(work.resolve("a"), work.resolve("b"))
            .with("twinwall.group", "hello_interval_ms", "200")
            .with("twinwall.management", "port", "7480")
            .make();
        link("a", "198.51.100.1", "198.51.100.2");
        link("b", "198.51.100.2", "198.51.100.1");
        Files.createDirectories(shared("a"));
        Files.createDirectories(shared("b"));
    }

    private void link(String side, String own, String peer) throws IOException {
        Path file = config(side).resolve("twinwall.link-a.cfg");
        Files.writeString(file, Files.readString(file).replaceFirst("(?m)^listen_address = .*$", "listen_address = " + own)
            .replaceFirst("(?m)^peer_address = .*$", "peer_address = " + peer));
    }

    NetworkLab lab() {
        return lab;
    }

    Path config(String side) {
        return work.resolve(side);
    }

    /** A machine's {@code /run/twinwall}. */
    Path shared(String side) {
        return shared.resolve(side);
    }

    /** A folder that only root may write to: keepalived runs no script anywhere else. */
    Path scripts() {
        return shared;
    }

    /** Where a process's log is; shown when something does not happen. */
    Path log(String name) {
        return work.resolve(name + ".log");
    }

    /** Copies an example, with this test's folders for those of a whole machine. */
    Path example(String side, String file, Path folder) throws IOException {
        return Files.writeString(folder.resolve(Path.of(file).getFileName()), Files.readString(EXAMPLES.resolve(file))
            .replace("/run/twinwall/", shared(side) + "/").replace("/etc/keepalived/", shared + "/"));
    }

    void start() throws Exception {
        start("a");
        start("b");
        nodes.get("a").awaitLog(" started in ");
        nodes.get("b").awaitLog(" started in ");
    }

    /** Starts one, again after it was killed. */
    void start(String side) throws IOException {
        nodes.put(side, new NodeProcess(lab.on(side), log(side), NodeProcess.BUNDLES, "--config", config(side).toString()));
    }

    /** SIGKILL. */
    void kill(String side) {
        nodes.remove(side).close();
    }

    /** Asks it to end (SIGTERM) and waits for that. */
    void stop(String side) throws Exception {
        nodes.get(side).terminate();
        nodes.remove(side).awaitExit();
    }

    /** Asks for a switchover once the peer is ready; answers the verdict. */
    String switchover(String from) throws Exception {
        String to = from.equals("a") ? "b" : "a";
        eventually("the peer is ready", () -> health(to).contains("\"ready\":true"));
        String token = from.equals("a") ? folders.a().token() : folders.b().token();
        return lab.in(from, "curl", "-sS", "-X", "POST", "-H", "Authorization: Bearer " + token, "http://127.0.0.1:7480/api/switchover");
    }

    boolean is(String side, String role) throws IOException {
        return health(side).contains("\"role\":\"" + role + "\"");
    }

    private String health(String side) throws IOException {
        return lab.in(side, "curl", "-sS", "--noproxy", "*", "--max-time", "2", "http://127.0.0.1:7480/health");
    }

    /** Whether one of the two has an address, and the other has not. */
    boolean onlyOn(String side, String address) throws IOException {
        return has(side, address) && !has(side.equals("a") ? "b" : "a", address);
    }

    boolean has(String side, String address) throws IOException {
        return lab.in(side, "ip", "-o", "addr", "show", "dev", "eth0").contains(" " + address + "/");
    }

    /** Waits for it; fails with all logs. */
    void eventually(String what, Callable<Boolean> condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("Not within " + PATIENCE_SECONDS + " s: " + what + logs(), last);
    }

    private String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        List<Path> logs = new ArrayList<>();
        try (var files = Files.list(work)) {
            files.filter(file -> file.toString().endsWith(".log")).sorted().forEach(logs::add);
        }
        for (Path log : logs) {
            text.append("\n== ").append(log.getFileName()).append('\n').append(Files.readString(log));
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        nodes.values().forEach(NodeProcess::close);
        lab.close();
        Folders.delete(shared);
    }
}
