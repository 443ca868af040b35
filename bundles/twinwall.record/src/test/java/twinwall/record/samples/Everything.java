/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record.samples;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.MacAddress;
import twinwall.record.Secret;
import twinwall.record.Soft;

/** A record with a component of every type. In a package of its own, as the records of other bundles are. */
public record Everything(@Key String name, @Key Color color, @Key InetAddress address, @Key MacAddress mac, @Key Optional<Integer> zone,
        boolean flag, byte tiny, short small, char letter, int whole, long large, float real, double precise, Inet4Address ipv4,
        Inet6Address ipv6, Instant at, List<Part> parts, Optional<Part> best, List<Boolean> flags, List<Optional<Long>> gaps,
        Optional<List<String>> words, @Fixed(3) List<Integer> three, Part main, @Secret String password, boolean last,
        @Soft long packets, @Soft boolean busy) {

    /** An enumeration. */
    public enum Color {
        /** Red. */
        RED,
        /** Light green. */
        LIGHT_GREEN
    }

    /** A nested record. */
    public record Part(@Fixed(2) int size, Optional<String> label, boolean spare, @Secret String pin) {
    }
}
