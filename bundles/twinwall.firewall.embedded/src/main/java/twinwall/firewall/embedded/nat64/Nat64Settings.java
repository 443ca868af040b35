/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.nat.PoolSettings;
import twinwall.firewall.embedded.nat.PortRange;
import twinwall.settings.Settings;

/**
 * Settings of NAT64.
 *
 * @param prefix {@code nat64_prefix}: IPv6 prefix under which IPv4 addresses appear (RFC 6052), of length 32, 40, 48, 56, 64 or 96; default
 *     {@value Nat64Prefix#WELL_KNOWN}
 * @param pool {@code nat64_pool}: public IPv4 addresses, as {@code napt_pool}; default empty, no NAT64
 * @param ports {@code nat64_ports}: public ports, default {@code 1024-65535}; ICMP identifiers are not limited by it
 * @param filtering {@code nat64_filtering}: {@code endpoint-independent} (default) or {@code address-dependent}
 * @param mtu4 {@code nat64_mtu4}: octets of the largest packet towards IPv4, 1280 to 65535; default 1500
 * @param mtu6 {@code nat64_mtu6}: octets of the largest packet towards IPv6, 1280 to 65535; default 1500
 * @param lowestMtu6 {@code nat64_lowest_mtu6}: octets that packets without DF are fragmented to, 1280 to 65535; default 1280
 *     (RFC 7915, section 4)
 * @param timeoutSeconds {@code nat64_timeout_s}: how long a binding that no session uses is kept; default 120
 * @param most {@code max_nat64_bindings}: default 1000000
 */
public record Nat64Settings(String prefix, String pool, String ports, Filtering filtering, int mtu4, int mtu6, int lowestMtu6,
        int timeoutSeconds, int most) {

    /** From a configuration. */
    public static Nat64Settings from(Settings from, PoolSettings pools) {
        return new Nat64Settings(FirewallSettings.checked(from, "nat64_prefix", Nat64Prefix.WELL_KNOWN, Nat64Prefix::parse),
                pools.pool("nat64_pool"), FirewallSettings.checked(from, "nat64_ports", "1024-65535", PortRange::parse),
                from.choice("nat64_filtering", Filtering.class, Filtering.ENDPOINT_INDEPENDENT),
                mtu(from, "nat64_mtu4", 1500), mtu(from, "nat64_mtu6", 1500), mtu(from, "nat64_lowest_mtu6", 1280),
                (int) from.number("nat64_timeout_s", 1, 604_800, 120),
                (int) from.number("max_nat64_bindings", 1, 50_000_000, 1_000_000));
    }

    private static int mtu(Settings from, String key, int otherwise) {
        return (int) from.number(key, 1280, 65535, otherwise);
    }
}
