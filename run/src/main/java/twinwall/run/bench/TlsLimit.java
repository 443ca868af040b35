/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How many changes a second go through a bare TLS 1.3 connection of the JDK: this process sends, another receives. */
final class TlsLimit {

    private static final int BATCHES = 1024;

    private TlsLimit() {
    }

    /** Changes a second, and processor microseconds per change, of both ends. */
    record Outcome(double perSecond, double cpuMicros) {
    }

    static Outcome measure(Workshop workshop, Path keys, int bytesPerChange, int seconds) throws IOException, InterruptedException {
        byte[][] batches = TlsBatches.make(BATCHES, bytesPerChange);
        Process receiver = workshop.own(new Receiver(keys)).process;
        BufferedReader said = new BufferedReader(new InputStreamReader(receiver.getInputStream(), StandardCharsets.US_ASCII));
        int port = Integer.parseInt(line(said));
        Duration before = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        try (var socket = TlsSockets.of(keys).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            for (int i = 0; System.nanoTime() < end; i = (i + 1) % BATCHES) {
                out.write(batches[i]);
            }
        }
        Duration used = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).minus(before);
        String[] counted = line(said).split(" ");
        long changes = Long.parseLong(counted[0]);
        double nanos = Double.parseDouble(counted[1]);
        double cpu = used.toNanos() + Double.parseDouble(counted[2]);
        return new Outcome(changes * 1e9 / nanos, cpu / 1e3 / Math.max(1, changes));
    }

    private static String line(BufferedReader from) throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw new IOException("the receiver of the bare TLS connection ended by itself");
        }
        return line;
    }

    private static final class Receiver implements AutoCloseable {

        private final Process process;

        Receiver(Path keys) throws IOException {
            process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-cp",
                    System.getProperty("java.class.path"), TlsReceiver.class.getName(), keys.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
