/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import twinwall.settings.Settings;

/**
 * What the lists are told.
 *
 * @param maxWhitelistEntries {@code max_whitelist_entries}: default 100000
 * @param scanPorts {@code scan_ports}: a source that is refused on more distinct destination ports than this within the window is taken
 *     for a scan; 1 to 250; default 0, off
 * @param scanWindowSeconds {@code scan_window_s}: the window, 1 to 3600; default 10
 * @param scanBlockSeconds {@code scan_block_s}: how long the source is blocked, 1 to 604800; default 600
 */
public record ListSettings(int maxWhitelistEntries, int scanPorts, int scanWindowSeconds, int scanBlockSeconds) {

    /** From a configuration. */
    public static ListSettings from(Settings from) {
        return new ListSettings((int) from.number("max_whitelist_entries", 1, 50_000_000, 100_000),
                (int) from.number("scan_ports", 0, 250, 0),
                (int) from.number("scan_window_s", 1, 3600, 10), (int) from.number("scan_block_s", 1, 7 * 24 * 3600, 600));
    }
}
