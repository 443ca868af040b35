/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.settings.Settings;

/**
 * Settings of 3-tuple NAT.
 *
 * @param pool {@code threetuple_pool}: public addresses, as {@code napt_pool}; default empty, no 3-tuple NAT
 * @param ports {@code threetuple_ports}: public ports, default {@code 1024-65535}; ICMP identifiers are not limited by it
 * @param sources {@code threetuple_sources}: IPv4 prefixes whose sources are translated; default those of RFC 1918 and RFC 6598
 * @param timeoutSeconds {@code threetuple_timeout_s}: how long a binding that no session uses is kept; default 300, at least 120
 *     (RFC 4787, REQ-5)
 * @param most {@code max_threetuple_bindings}: default 1000000
 */
public record ThreeTupleSettings(String pool, String ports, String sources, int timeoutSeconds, int most) {

    /** From a configuration. */
    public static ThreeTupleSettings from(Settings from, PoolSettings pools) {
        return new ThreeTupleSettings(pools.pool("threetuple_pool"),
                FirewallSettings.checked(from, "threetuple_ports", "1024-65535", PortRange::parse),
                FirewallSettings.checked(from, "threetuple_sources", FirewallSettings.DEFAULT_NAPT_SOURCES, Prefix::list4),
                (int) from.number("threetuple_timeout_s", 120, 604_800, 300),
                (int) from.number("max_threetuple_bindings", 1, 50_000_000, 1_000_000));
    }
}
