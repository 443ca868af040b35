/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.io.IOException;
import java.util.Map;

/**
 * What the demo puts on FW_A's blacklist before the capture, so that this table has something to keep: two manual entries, which FW_B must
 * have, and a dynamic one, which it must not. Addresses for documentation (RFC 5737, RFC 3849).
 */
final class SampleBlacklist {

    /** A firewall that takes commands, in this process or by its management API. */
    @FunctionalInterface
    interface Target {

        /** Runs one; throws whatever says that it was refused. */
        void command(String command, String verb, Map<String, String> arguments) throws IOException;
    }

    private SampleBlacklist() {
    }

    static void putOn(Target target) throws IOException {
        add(target, "192.0.2.66", "manual", "demo: put in by hand");
        add(target, "2001:db8:ffff::66", "manual", "demo: put in by hand");
        add(target, "192.0.2.99", "dynamic", "demo: found by the firewall itself");
    }

    private static void add(Target target, String source, String origin, String reason) throws IOException {
        target.command("blacklist", "add", Map.of("address", source, "origin", origin, "reason", reason));
    }
}
