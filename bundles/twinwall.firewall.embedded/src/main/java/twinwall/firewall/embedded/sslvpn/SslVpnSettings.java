/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.aaa.Credential;
import twinwall.firewall.embedded.aaa.UserSettings;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.nat.PoolSettings;
import twinwall.settings.Settings;

/**
 * The SSL VPN gateway. Everything is off until it is configured.
 *
 * @param gateway {@code sslvpn_gateway}: name of the virtual gateway, the same on both firewalls; default empty, no gateway
 * @param address {@code sslvpn_address}: where it listens; default 127.0.0.1
 * @param port {@code sslvpn_port}: TCP port; default 0, it does not listen
 * @param keystore {@code sslvpn_keystore}: PKCS12 file with key and certificate; default empty
 * @param passwordFile {@code sslvpn_keystore_password_file}: its password, one line
 * @param selfSigned {@code sslvpn_self_signed}: without a keystore, make a certificate that nobody can check, for demonstrations; default
 *     false
 * @param pool {@code sslvpn_pool}: IPv4 addresses for the network extension; default empty, none
 * @param idleTimeoutSeconds {@code sslvpn_idle_timeout_s}: default 1800
 * @param maxSessionSeconds {@code sslvpn_max_session_s}: after so long a user must log in again; default 43200
 * @param maxSessions {@code sslvpn_max_sessions}: default 10000
 * @param maxSessionsPerUser {@code sslvpn_max_sessions_per_user}: default 5
 * @param forwards {@code sslvpn_forward}: {@code NAME=HOST:PORT, ...} that port forwarding reaches; default empty, none
 * @param origins {@code sslvpn_origins}: {@code NAME=http://HOST:PORT, ...} that the web proxy reaches; default empty, none
 * @param folder {@code sslvpn_folder}: what file sharing shows; default empty, nothing
 */
public record SslVpnSettings(String gateway, String address, int port, Path keystore, Path passwordFile, boolean selfSigned, String pool,
        int idleTimeoutSeconds, int maxSessionSeconds, int maxSessions, int maxSessionsPerUser, Map<String, String> forwards,
        Map<String, String> origins, Path folder) {

    private static final int WEEK = 604_800;
    private static final int MOST_TARGETS = 256;
    private static final String HOST = "([A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:.]{2,45}\\]):[0-9]{1,5}";

    /** From a configuration. */
    public static SslVpnSettings from(Settings from, PoolSettings pools) {
        return new SslVpnSettings(FirewallSettings.checked(from, "sslvpn_gateway", "", SslVpnSettings::name),
                FirewallSettings.checked(from, "sslvpn_address", "127.0.0.1", Prefix::address),
                (int) from.number("sslvpn_port", 0, 65535, 0), file(from, "sslvpn_keystore"), file(from, "sslvpn_keystore_password_file"),
                from.flag("sslvpn_self_signed", false), pools.pool("sslvpn_pool"),
                (int) from.number("sslvpn_idle_timeout_s", 1, WEEK, 1800), (int) from.number("sslvpn_max_session_s", 1, WEEK, 43_200),
                (int) from.number("sslvpn_max_sessions", 1, 1_000_000, 10_000),
                (int) from.number("sslvpn_max_sessions_per_user", 1, 10_000, 5),
                targets(from, "sslvpn_forward", HOST), targets(from, "sslvpn_origins", "https?://" + HOST), file(from, "sslvpn_folder"));
    }

    /** Whether there is a gateway. */
    public boolean enabled() {
        return !gateway.isEmpty();
    }

    private static String name(String text) {
        if (!text.isEmpty() && !Credential.isName(text)) {
            throw new IllegalArgumentException("a name of 1 to 64 letters, digits, or . _ @ + \\ -");
        }
        return text;
    }

    private static Path file(Settings from, String key) {
        String text = from.text(key, "");
        return text.isEmpty() ? null : Path.of(from.text(UserSettings.FOLDER, "")).resolve(text);
    }

    private static Map<String, String> targets(Settings from, String key, String form) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String one : FirewallSettings.checked(from, key, "", text -> read(text, form)).split(",")) {
            if (!one.isBlank()) {
                all.put(one.trim().split("=", 2)[0], one.trim().split("=", 2)[1]);
            }
        }
        return Map.copyOf(all);
    }

    private static Object read(String text, String form) {
        String[] parts = text.split(",");
        for (String one : parts) {
            if (!one.isBlank() && !one.trim().matches("[A-Za-z0-9._-]{1,64}=" + form) || parts.length > MOST_TARGETS) {
                throw new IllegalArgumentException("at most " + MOST_TARGETS + " of NAME=TARGET with a host and a port, unlike "
                        + one.trim());
            }
        }
        return text;
    }
}
