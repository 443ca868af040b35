/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two machines for two firewalls, made of Linux network namespaces: {@code a} and {@code b}, each with {@code eth0} in one network
 * (192.0.2.0/24; a switch stands between them, so that one end can lose its link alone) and {@code hb0} for the heartbeat link
 * (198.51.100.1 and 198.51.100.2). Needs root; everything is gone when it is closed.
 */
final class NetworkLab implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final String name = "tw" + ProcessHandle.current().pid() + "-";

    NetworkLab() throws IOException {
        try {
            for (String space : List.of("a", "b", "lan")) {
                ip("netns", "add", name + space);
                in(space, "ip", "link", "set", "lo", "up");
            }
            in("lan", "ip", "link", "add", "br0", "type", "bridge");
            in("lan", "ip", "link", "set", "br0", "up");
            for (String side : List.of("a", "b")) {
                ip("link", "add", "eth0", "netns", name + side, "type", "veth", "peer", "name", "port-" + side, "netns", name + "lan");
                in("lan", "ip", "link", "set", "port-" + side, "master", "br0", "up");
            }
            ip("link", "add", "hb0", "netns", name + "a", "type", "veth", "peer", "name", "hb0", "netns", name + "b");
            int host = 1;
            for (String side : List.of("a", "b")) {
                in(side, "ip", "addr", "add", "198.51.100." + host + "/24", "dev", "hb0");
                in(side, "ip", "addr", "add", "192.0.2." + (host + 1) + "/24", "dev", "eth0");
                in(side, "ip", "link", "set", "hb0", "up");
                in(side, "ip", "link", "set", "eth0", "up");
                host++;
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Why there can be no such lab here, or null. */
    static String missing(String... programs) {
        if (!System.getProperty("os.name").equals("Linux") || !"root".equals(System.getProperty("user.name"))) {
            return "network namespaces need Linux and root";
        }
        for (String program : programs) {
            if (List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream().noneMatch(folder -> Files.isExecutable(
                Path.of(folder, program)))) {
                return program + " is not installed";
            }
        }
        String probe = "tw" + ProcessHandle.current().pid() + "-probe";
        try {
            ip("netns", "add", probe);
            ip("netns", "del", probe);
            return null;
        } catch (IOException e) {
            return "no network namespace can be made here: " + e.getMessage();
        }
    }

    /** What must stand before a command that is to run on one of the machines. */
    List<String> on(String side) {
        return List.of("ip", "netns", "exec", name + side);
    }

    /** Runs a command on one of the machines and answers what it writes. */
    String in(String side, String... command) throws IOException {
        List<String> words = new ArrayList<>(on(side));
        words.addAll(List.of(command));
        return run(words);
    }

    private static void ip(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("ip"));
        words.addAll(List.of(arguments));
        run(words);
    }

    private static String run(List<String> words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try {
            String output = new String(process.getInputStream().readAllBytes()).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", words) + ": " + output);
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        for (String space : List.of("a", "b", "lan")) {
            try {
                ip("netns", "del", name + space);
            } catch (IOException alreadyGone) {
                // It was never made.
            }
        }
    }
}
