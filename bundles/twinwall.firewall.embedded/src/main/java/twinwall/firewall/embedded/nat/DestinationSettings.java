/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.settings.Settings;

/**
 * What is reached by public addresses: destination NAT, NAT servers and static mappings.
 *
 * @param rules {@code destination_nat}: grammar at {@link DestinationRule}; its destinations must not be in a pool; default none
 * @param maxBindings {@code max_destination_nat_bindings}: default 1000000
 * @param maxServers {@code max_nat_servers}: default 1000000
 * @param maxStaticMappings {@code max_static_mappings}: default 4096
 */
public record DestinationSettings(String rules, int maxBindings, int maxServers, int maxStaticMappings) {

    static final String RULES = "destination_nat";

    private static final int MOST = 50_000_000;

    /** From a configuration, after the settings that name pools. */
    public static DestinationSettings from(Settings from, PoolSettings pools) {
        return new DestinationSettings(rules(from, pools), (int) from.number("max_destination_nat_bindings", 1, MOST, 1_000_000),
                (int) from.number("max_nat_servers", 1, MOST, 1_000_000), (int) from.number("max_static_mappings", 1, 1_000_000, 4096));
    }

    private static String rules(Settings from, PoolSettings pools) {
        String text = from.text(RULES, "");
        try {
            return pools.apart(RULES, text, DestinationRule.list(text).stream().map(DestinationRule::destinations).toList());
        } catch (IllegalArgumentException e) {
            from.complain(RULES, text, e.getMessage(), "none");
            return "";
        }
    }
}
