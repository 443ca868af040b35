/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.settings.Settings;

/**
 * Settings of No-PAT. The table holds one entry for each public address.
 *
 * @param pool {@code nopat_pool}: public addresses, as {@code napt_pool}, up to 1048576; default empty, no No-PAT
 * @param sources {@code nopat_sources}: IPv4 prefixes whose sources are translated; default those of RFC 1918 and RFC 6598
 * @param timeoutSeconds {@code nopat_timeout_s}: how long a public address stays with its host without a session; default 360
 */
public record NoPatSettings(String pool, String sources, int timeoutSeconds) {

    /** A prefix of 12 bits. Tables of a million entries are what this firewall is made for; a packet looks at a part of the pool only. */
    static final int MOST_ADDRESSES = 1 << 20;

    /** From a configuration. */
    public static NoPatSettings from(Settings from, PoolSettings pools) {
        return new NoPatSettings(pools.pool("nopat_pool", MOST_ADDRESSES),
                FirewallSettings.checked(from, "nopat_sources", FirewallSettings.DEFAULT_NAPT_SOURCES, Prefix::list4),
                (int) from.number("nopat_timeout_s", 1, 604_800, 360));
    }
}
