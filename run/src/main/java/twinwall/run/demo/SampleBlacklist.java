/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

import twinwall.firewall.BlacklistEntry.Origin;

/**
 * What the demo puts on FW_A's blacklist before the capture, so that this table has something to keep: two manual entries, which FW_B must
 * have, and a dynamic one, which it must not. Addresses for documentation (RFC 5737, RFC 3849).
 */
final class SampleBlacklist {

    /** Where entries go. */
    @FunctionalInterface
    interface Target {

        /** Adds one entry for a source address, without end. */
        void add(InetAddress source, Origin origin, String reason) throws IOException;
    }

    private SampleBlacklist() {
    }

    static void putOn(Target target) throws IOException {
        target.add(address("192.0.2.66"), Origin.MANUAL, "demo: put in by hand");
        target.add(address("2001:db8:ffff::66"), Origin.MANUAL, "demo: put in by hand");
        target.add(address("192.0.2.99"), Origin.DYNAMIC, "demo: found by the firewall itself");
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
