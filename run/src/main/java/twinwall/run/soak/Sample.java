/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds at one moment.
 *
 * @param pid its process id
 * @param threads that it has
 * @param files descriptors that it has open: files, sockets, pipes
 * @param residentBytes memory that it has of the machine
 * @param liveBytes objects in its heap that are in use, after a collection; -1 when there is no {@code jcmd} to ask with
 */
record Sample(long pid, int threads, int files, long residentBytes, long liveBytes) {

    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);
    private static final int ANSWER_WITHIN_SECONDS = 20;

    /**
     * Takes one of a process on this machine. Its heap is collected.
     *
     * @throws IOException when there is no such process, or no {@code /proc}
     */
    static Sample of(long pid) throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return new Sample(pid, (int) field(status, "Threads"), (int) files.count(), field(status, "VmRSS") << 10, live(pid));
        }
    }

    private static long field(String status, String name) throws IOException {
        Matcher found = Pattern.compile("^" + name + ":\\s+(\\d+)", Pattern.MULTILINE).matcher(status);
        if (!found.find()) {
            throw new IOException("/proc/PID/status has no " + name);
        }
        return Long.parseLong(found.group(1));
    }

    private static long live(long pid) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return -1;
        }
        Path answer = Files.createTempFile("twinwall-histogram-", ".txt");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram").redirectErrorStream(true)
                    .redirectOutput(answer.toFile()).start();
            if (!process.waitFor(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            Matcher total = TOTAL.matcher(Files.readString(answer, StandardCharsets.UTF_8));
            return total.find() ? Long.parseLong(total.group(1)) : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(answer);
        }
    }
}
