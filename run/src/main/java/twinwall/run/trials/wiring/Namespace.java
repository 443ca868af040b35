/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A network namespace without a name. It lasts as long as a process in it: one that waits for this program's end, and the firewall. So
 * nothing is left behind, however this program ends.
 */
final class Namespace implements AutoCloseable {

    private static final long WITHIN_NANOS = 10_000_000_000L;

    private final Process holder;

    Namespace() throws IOException {
        holder = new ProcessBuilder("unshare", "-n", "cat").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        long end = System.nanoTime() + WITHIN_NANOS;
        while (own.equals(Files.readSymbolicLink(Path.of("/proc/" + holder.pid() + "/ns/net")))) {
            if (!holder.isAlive() || System.nanoTime() > end) {
                throw new IOException("unshare -n made no network namespace");
            }
            LockSupport.parkNanos(1_000_000);
        }
        run("ip link set lo up");
    }

    /** How other commands name it. */
    long pid() {
        return holder.pid();
    }

    /** Words that stand before a command to run in it. */
    List<String> by() {
        return List.of("nsenter", "-t", String.valueOf(holder.pid()), "-n");
    }

    void run(String words) throws IOException {
        Command.run(by(), words);
    }

    @Override
    public void close() {
        holder.destroy();
    }
}
