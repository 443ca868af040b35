/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.nat.PoolSettings;
import twinwall.firewall.embedded.nat.PortRange;
import twinwall.settings.Settings;

/**
 * Settings of the PCP server.
 *
 * @param address {@code pcp_address}: the firewall's own IPv4 address at which hosts inside ask; default empty, no server
 * @param pool {@code pcp_pool}: public addresses, as {@code napt_pool}; default empty
 * @param ports {@code pcp_ports}: public ports, default {@code 1024-65535}
 * @param sources {@code pcp_sources}: IPv4 prefixes for whose hosts mappings are made; default those of RFC 1918 and RFC 6598
 * @param minLifetimeSeconds {@code pcp_min_lifetime_s}: default 120
 * @param maxLifetimeSeconds {@code pcp_max_lifetime_s}: default 1800, at least 1
 * @param quota {@code pcp_max_mappings_per_client}: mappings of one host, default 32
 * @param most {@code max_pcp_mappings}: default 100000
 * @param thirdParty {@code pcp_third_party}: whether a host may ask for another one; default false
 * @param requestsPerSecond {@code pcp_max_requests_per_s}: requests answered in a second, default 2000; of one client at most a tenth
 */
public record PcpSettings(String address, String pool, String ports, String sources, int minLifetimeSeconds, int maxLifetimeSeconds,
        int quota, int most, boolean thirdParty, int requestsPerSecond) {

    private static final int WEEK = 7 * 24 * 3600;

    /** From a configuration. */
    public static PcpSettings from(Settings from, PoolSettings pools) {
        int max = (int) from.number("pcp_max_lifetime_s", 1, WEEK, 1800);
        return new PcpSettings(FirewallSettings.checked(from, "pcp_address", "", PcpSettings::address), pools.pool("pcp_pool"),
                FirewallSettings.checked(from, "pcp_ports", "1024-65535", PortRange::parse),
                FirewallSettings.checked(from, "pcp_sources", FirewallSettings.DEFAULT_NAPT_SOURCES, Prefix::list4),
                (int) from.number("pcp_min_lifetime_s", 1, max, Math.min(120, max)), max,
                (int) from.number("pcp_max_mappings_per_client", 1, 65535, 32),
                (int) from.number("max_pcp_mappings", 1, 50_000_000, 100_000), from.flag("pcp_third_party", false),
                (int) from.number("pcp_max_requests_per_s", 10, 1_000_000, 2000));
    }

    /** Reads one IPv4 address. */
    static Prefix address(String text) {
        if (text.isEmpty()) {
            return null;
        }
        Prefix one = Prefix.parse(text);
        if (one.v6() || one.length() != 32) {
            throw new IllegalArgumentException("one IPv4 address, unlike " + text);
        }
        return one;
    }
}
