/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Free ports of one firewall by name. They are chosen when they are first asked for, and are then the same to the end. */
final class Ports {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{port:([a-z0-9-]+)}");
    private static final int MOST_TRIES = 100;

    private final Map<String, Integer> chosen = new HashMap<>();

    int of(String name) {
        return chosen.computeIfAbsent(name, any -> free());
    }

    /** The text with each {@code ${port:NAME}} replaced. */
    String in(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(String.valueOf(of(found.group(1)))));
    }

    /** Free for TCP and for UDP, on loopback. */
    private int free() {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
                if (!chosen.containsValue(udp.getLocalPort())) {
                    return udp.getLocalPort();
                }
            } catch (IOException e) {
                if (tries == MOST_TRIES - 1) {
                    throw new UncheckedIOException("No free port was found", e);
                }
            }
        }
        throw new IllegalStateException("No free port was found in " + MOST_TRIES + " tries");
    }
}
