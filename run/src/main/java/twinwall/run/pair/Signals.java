/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.pair;

import java.io.IOException;

/** Signals to processes that this program has started. */
public final class Signals {

    private Signals() {
    }

    /** SIGSTOP: the process does nothing any more until it is {@link #resume resumed}. Returns when it has stopped. */
    public static void pause(Process process) throws IOException {
        send("STOP", process);
    }

    /** SIGCONT. */
    public static void resume(Process process) throws IOException {
        send("CONT", process);
    }

    private static void send(String name, Process process) throws IOException {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
            if (kill.waitFor() != 0) {
                throw new IOException("SIG" + name + " to process " + process.pid() + " failed with status " + kill.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
