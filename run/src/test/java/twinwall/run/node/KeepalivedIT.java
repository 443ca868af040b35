/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import twinwall.run.pair.Folders;

/** Two firewalls and two keepalived with the files of {@code docs/examples/keepalived}, on two machines made of network namespaces. */
@Timeout(300)
class KeepalivedIT {

    private static final Path EXAMPLES = Path.of("../docs/examples/keepalived");
    private static final String ADDRESS = "192.0.2.10";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path work;
    /** Not in a folder that everybody may write to: keepalived runs no script there. */
    private Path shared;
    private NetworkLab lab;
    private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();
    private final List<Process> keepaliveds = new ArrayList<>();

    @BeforeEach
    void makeLab() throws Exception {
        String missing = NetworkLab.missing("ip", "curl", "keepalived");
        assumeTrue(missing == null, () -> "keepalived was not tried: " + missing);
        shared = Files.createTempDirectory(Path.of("/run"), "twinwall-it");
        lab = new NetworkLab();
    }

    @AfterEach
    void takeDown() throws Exception {
        for (Process keepalived : keepaliveds) {
            keepalived.destroy();
            if (!keepalived.waitFor(10, TimeUnit.SECONDS)) {
                keepalived.descendants().forEach(ProcessHandle::destroyForcibly);
                keepalived.destroyForcibly();
            }
        }
        nodes.values().forEach(NodeProcess::close);
        if (lab != null) {
            lab.close();
        }
        if (shared != null) {
            Folders.delete(shared);
        }
    }

    @Test
    void keepalivedFollows() throws Exception {
        PairFolder pair = folders();
        for (String side : List.of("a", "b")) {
            example(side, "follows/twinwall.hook.file-keepalived.cfg", work.resolve(side));
        }
        startNodes();
        eventually("fw-a forwards", () -> forwards("a") && !forwards("b"));
        startKeepalived("follows");
        eventually("the address is on fw-a", () -> onlyOn("a"));

        eventually("fw-b is ready", () -> health("b").contains("\"ready\":true"));
        String verdict = lab.in("a", "curl", "-sS", "-X", "POST", "-H", "Authorization: Bearer " + pair.a().token(),
            "http://127.0.0.1:7480/api/switchover");
        assertThat(verdict).contains("\"done\":true");
        eventually("the address has followed the role to fw-b", () -> forwards("b") && !forwards("a") && onlyOn("b"));

        nodes.remove("b").close();
        eventually("fw-b is dead, and its role file does not know", () -> forwards("a") && forwards("b"));
        eventually("the address is on fw-a all the same", () -> onlyOn("a"));
    }

    private PairFolder folders() throws Exception {
        PairFolder pair = PairFolder.at(work.resolve("a"), work.resolve("b"))
            .with("twinwall.group", "hello_interval_ms", "200")
            .with("twinwall.management", "port", "7480")
            .make();
        link("a", "198.51.100.1", "198.51.100.2");
        link("b", "198.51.100.2", "198.51.100.1");
        return pair;
    }

    private void link(String side, String own, String peer) throws IOException {
        Path file = work.resolve(side).resolve("twinwall.link-a.cfg");
        Files.writeString(file, Files.readString(file).replaceFirst("(?m)^listen_address = .*$", "listen_address = " + own)
            .replaceFirst("(?m)^peer_address = .*$", "peer_address = " + peer));
    }

    /** Copies an example, with this test's folders for those of a whole machine. */
    private Path example(String side, String file, Path folder) throws IOException {
        Path target = Files.createDirectories(folder).resolve(Path.of(file).getFileName());
        return Files.writeString(target, Files.readString(EXAMPLES.resolve(file))
            .replace("/run/twinwall/", shared.resolve(side) + "/").replace("/etc/keepalived/", shared + "/"));
    }

    private void startNodes() throws Exception {
        for (String side : List.of("a", "b")) {
            Files.createDirectories(shared.resolve(side));
            nodes.put(side, new NodeProcess(lab.on(side), work.resolve(side + ".log"), NodeProcess.BUNDLES, "--config",
                work.resolve(side).toString()));
        }
        for (NodeProcess node : nodes.values()) {
            node.awaitLog(" started in ");
        }
    }

    private void startKeepalived(String example) throws IOException {
        Files.copy(EXAMPLES.resolve("twinwall-health"), shared.resolve("twinwall-health"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String side : List.of("a", "b")) {
            Path config = example(side, example + "/keepalived.conf", shared.resolve(side));
            if (side.equals("b")) {
                Files.writeString(config, Files.readString(config).replace("priority 150", "priority 100"));
            }
            List<String> command = new ArrayList<>(lab.on(side));
            command.addAll(List.of("keepalived", "--dont-fork", "--log-console", "--log-detail", "--vrrp", "--use-file", config.toString(),
                "--pid", shared.resolve(side + ".pid").toString(), "--vrrp_pid", shared.resolve(side + "-vrrp.pid").toString()));
            keepaliveds.add(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(work.resolve("keepalived-" + side + ".log").toFile()).start());
        }
    }

    private boolean onlyOn(String side) {
        return lab.has(side, ADDRESS) && !lab.has(side.equals("a") ? "b" : "a", ADDRESS);
    }

    private boolean forwards(String side) throws IOException {
        return Files.readString(shared.resolve(side).resolve("forwards")).equals("1\n");
    }

    private String health(String side) throws IOException {
        return lab.in(side, "curl", "-sS", "--max-time", "2", "http://127.0.0.1:7480/health");
    }

    private void eventually(String what, Callable<Boolean> condition) throws IOException {
        long begun = System.nanoTime();
        Exception last = null;
        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(50_000_000);
        }
        StringBuilder logs = new StringBuilder();
        for (String log : List.of("a.log", "b.log", "keepalived-a.log", "keepalived-b.log")) {
            Path file = work.resolve(log);
            logs.append("\n== ").append(log).append('\n').append(Files.exists(file) ? Files.readString(file) : "(none)");
        }
        throw new AssertionError("Not within " + PATIENCE_SECONDS + " s: " + what + logs, last);
    }
}
