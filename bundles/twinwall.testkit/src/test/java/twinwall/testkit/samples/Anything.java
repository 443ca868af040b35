/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit.samples;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.MacAddress;
import twinwall.record.Soft;

/** An entry with a component of every type. */
public record Anything(@Key MacAddress mac, @Key @Fixed(2) int port, @Key @Fixed(4) int bits, boolean flag, byte small, short shorter,
        char letter, int number, @Fixed(5) long most, @Fixed(8) long all, float ratio, double exact, String text, byte[] bytes, Kind kind,
        InetAddress any, Inet4Address four, Inet6Address six, Instant when, Optional<Instant> until, Optional<MacAddress> maybe,
        List<String> names, List<byte[]> chain, List<Optional<Integer>> holes, @Soft List<MacAddress> seen, @Soft long packets) {

    /** Some constants. */
    public enum Kind {
        ONE, TWO, THREE
    }
}
