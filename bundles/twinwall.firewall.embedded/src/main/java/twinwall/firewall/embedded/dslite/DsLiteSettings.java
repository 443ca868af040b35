/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.nat.PoolSettings;
import twinwall.firewall.embedded.nat.PortRange;
import twinwall.settings.Settings;

/**
 * Settings of DS-Lite.
 *
 * @param aftr {@code dslite_aftr}: the firewall's IPv6 address that tunnels lead to (AFTR); default empty, no DS-Lite
 * @param pool {@code dslite_pool}: public IPv4 addresses, as {@code napt_pool}; default empty
 * @param ports {@code dslite_ports}: public ports, default {@code 1024-65535}; ICMP identifiers are not limited by it
 * @param sources {@code dslite_sources}: IPv4 prefixes that packets in tunnels may come from; default those of RFC 1918 and 192.0.0.0/29
 *     (RFC 6333, section 5.7)
 * @param mtu {@code dslite_mtu}: octets of the largest tunnel packet that is not fragmented, 1280 to 65535; default 1500
 * @param timeoutSeconds {@code dslite_timeout_s}: how long a binding that no session uses is kept; default 120
 * @param most {@code max_dslite_bindings}: default 1000000
 * @param mostOfSubscriber {@code max_dslite_bindings_per_b4}: public ports of one tunnel; default 1024
 * @param mostServers {@code max_dslite_servers}: default 10000
 * @param mostReassemblies {@code max_dslite_reassemblies}: fragmented tunnel packets that are not complete; default 1024, oldest given up
 *     first
 * @param reassemblyOctets {@code dslite_reassembly_octets}: what they may hold together, 65536 to 1073741824; default 4194304
 * @param reassemblySeconds {@code dslite_reassembly_timeout_s}: 1 to 120; default 60 (RFC 8200, section 4.5)
 */
public record DsLiteSettings(String aftr, String pool, String ports, String sources, int mtu, int timeoutSeconds, int most,
        int mostOfSubscriber, int mostServers, int mostReassemblies, int reassemblyOctets, int reassemblySeconds) {

    /** Private addresses (RFC 1918) and those of tunnels (RFC 6333, section 5.7). */
    public static final String DEFAULT_SOURCES = "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 192.0.0.0/29";

    /** From a configuration. */
    public static DsLiteSettings from(Settings from, PoolSettings pools) {
        return new DsLiteSettings(FirewallSettings.checked(from, "dslite_aftr", "", DsLiteSettings::address),
                pools.pool("dslite_pool"), FirewallSettings.checked(from, "dslite_ports", "1024-65535", PortRange::parse),
                FirewallSettings.checked(from, "dslite_sources", DEFAULT_SOURCES, Prefix::list4),
                (int) from.number("dslite_mtu", 1280, 65535, 1500), (int) from.number("dslite_timeout_s", 1, 604_800, 120),
                (int) from.number("max_dslite_bindings", 1, 50_000_000, 1_000_000),
                (int) from.number("max_dslite_bindings_per_b4", 1, 65536, 1024),
                (int) from.number("max_dslite_servers", 1, 1_000_000, 10_000),
                (int) from.number("max_dslite_reassemblies", 1, 1_000_000, 1024),
                (int) from.number("dslite_reassembly_octets", 65536, 1 << 30, 1 << 22),
                (int) from.number("dslite_reassembly_timeout_s", 1, 120, 60));
    }

    /** The tunnels' end; {@code null} for none. */
    static Prefix address(String text) {
        if (text.isBlank()) {
            return null;
        }
        Prefix address = Prefix.parse(text.trim());
        if (!address.v6() || address.length() != 128) {
            throw new IllegalArgumentException("an IPv6 address, unlike " + text);
        }
        return address;
    }
}
