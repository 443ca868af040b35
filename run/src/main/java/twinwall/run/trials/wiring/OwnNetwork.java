/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace for this program, so that nothing it does is seen outside, and nothing is left when it ends. Needs root or user
 * namespaces, and iproute2 and util-linux.
 */
public final class OwnNetwork {

    private static final String INSIDE = "twinwall.trials.inside";
    private static final String PROBE = "ip link add twinwall-a type veth peer name twinwall-b && nsenter --version >/dev/null";
    private static final int END_WITHIN_SECONDS = 20;

    private OwnNetwork() {
    }

    /** Whether this process is already inside. */
    public static boolean inside() {
        return Boolean.getBoolean(INSIDE);
    }

    /** Why there can be none on this machine; null when there can. */
    public static String lacking() {
        try {
            String complaint = Command.complaint(words("sh", "-c", PROBE));
            return complaint == null ? null : "network namespaces cannot be made: " + complaint;
        } catch (IOException e) {
            return "network namespaces cannot be made: " + e.getMessage();
        }
    }

    private static List<String> words(String... command) {
        List<String> words = new ArrayList<>(List.of("unshare", root() ? "-n" : "-rn"));
        words.addAll(List.of(command));
        return words;
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /**
     * Runs a program of this class path inside, with this one's terminal, and waits for its end. When this process is told to stop, so
     * is the one inside.
     *
     * @return its exit status
     */
    public static int run(Class<?> program, List<String> arguments) throws IOException {
        List<String> command = words(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-D" + INSIDE + "=true");
        for (String key : List.of("twinwall.bundles", "twinwall.root", "twinwall.terminal")) {
            command.add("-D" + key + "=" + System.getProperty(key, ""));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).inheritIO().start();
        Thread stop = new Thread(() -> stop(process), "trials-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            stop(process);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** It needs a moment to end the firewalls. */
    private static void stop(Process process) {
        process.destroy();
        try {
            process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
