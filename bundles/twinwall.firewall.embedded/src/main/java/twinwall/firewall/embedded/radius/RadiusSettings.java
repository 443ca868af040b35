/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.radius;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import twinwall.firewall.embedded.aaa.UserSettings;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.settings.Settings;

/**
 * How the firewall hears of users from network access servers.
 *
 * @param port {@code radius_port}: UDP port for accounting requests, 1813 where others expect it; default 0, not at all
 * @param address {@code radius_address}: where it listens; default 127.0.0.1
 * @param clients {@code radius_clients}: prefixes of those who may send; default 127.0.0.1
 * @param secretFile {@code radius_secret_file}: the secret shared with all of them, one line; default {@code radius.secret}. Relative to
 *     the config folder
 * @param maxRequestsPerSecond {@code radius_max_requests_per_s}: of each client; default 1000
 * @param idleTimeoutSeconds {@code aaa_idle_timeout_s}, for users of whom the server says no Idle-Timeout
 */
public record RadiusSettings(int port, InetAddress address, List<Prefix> clients, Path secretFile, int maxRequestsPerSecond,
        int idleTimeoutSeconds) {

    /** Default of {@code radius_address} and {@code radius_clients}. */
    public static final String LOOPBACK = "127.0.0.1";
    /** Default of {@code radius_secret_file}. */
    public static final String DEFAULT_FILE = "radius.secret";

    /** From a configuration. */
    public static RadiusSettings from(Settings from, UserSettings users) {
        return new RadiusSettings((int) from.number("radius_port", 0, 65535, 0), address(from), clients(from),
                Path.of(from.text(UserSettings.FOLDER, "")).resolve(from.text("radius_secret_file", DEFAULT_FILE)),
                (int) from.number("radius_max_requests_per_s", 1, 1_000_000, 1000), users.idleTimeoutSeconds());
    }

    private static InetAddress address(Settings from) {
        String text = from.text("radius_address", LOOPBACK);
        try {
            return Prefix.address(text);
        } catch (IllegalArgumentException e) {
            return Prefix.address(from.complain("radius_address", text, "an IPv4 or IPv6 address", LOOPBACK));
        }
    }

    private static List<Prefix> clients(Settings from) {
        String text = from.text("radius_clients", LOOPBACK);
        List<Prefix> all = new ArrayList<>();
        try {
            for (String one : text.split(",")) {
                all.add(Prefix.parse(one.trim()));
            }
            return List.copyOf(all);
        } catch (IllegalArgumentException e) {
            return List.of(Prefix.parse(from.complain("radius_clients", text, e.getMessage(), LOOPBACK)));
        }
    }

    /** Whether that address may send. */
    boolean allows(InetAddress client) {
        return clients.stream().anyMatch(one -> one.contains(client));
    }
}
