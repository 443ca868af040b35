/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.local;

import twinwall.settings.Settings;

/**
 * Settings of the tables that are not backed up.
 *
 * @param maxRoutes {@code max_routes}: default 10000
 * @param kilobits {@code bandwidth_limit_kbps}: thousand bits in a second that an address inside may send; default 0: no limit
 * @param burst {@code bandwidth_burst_bytes}: what it may send at once, 1514 to 2^30; default 65536
 * @param signatures {@code content_signatures}: grammar at {@link Signatures}; default none: no inspection
 * @param most {@code max_local_entries}: entries of each of the tables bandwidth management, L2TP, GRE, DSVPN and content security;
 *     default 65536; the one that was not used for longest makes room
 */
public record LocalSettings(int maxRoutes, int kilobits, int burst, String signatures, int most) {

    /** From a configuration. */
    public static LocalSettings from(Settings from) {
        String signatures = from.text("content_signatures", "");
        try {
            Signatures.parse(signatures);
        } catch (IllegalArgumentException e) {
            from.complain("content_signatures", signatures, e.getMessage(), "none");
            signatures = "";
        }
        return new LocalSettings((int) from.number("max_routes", 1, 1_000_000, 10_000),
                (int) from.number("bandwidth_limit_kbps", 0, 100_000_000, 0),
                (int) from.number("bandwidth_burst_bytes", 1514, 1 << 30, 65_536), signatures,
                (int) from.number("max_local_entries", 1, 1_000_000, 65_536));
    }
}
