/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.bridge;

import twinwall.firewall.embedded.Verdict;
import twinwall.record.MacAddress;
import twinwall.settings.Settings;

/**
 * What the switch inside is told.
 *
 * @param ports {@code switch_ports}: inside ports, which are interface 0 and those from 2 on; 1 to 63; default 0, no switch
 * @param own {@code switch_mac}: the firewall's address inside; frames to it are inspected and go outside, others are switched; default
 *     {@value #DEFAULT_MAC}
 * @param ageSeconds {@code switch_age_s}: after how long without a frame a learned address is forgotten, 10 to 1000000; default 300 (IEEE
 *     802.1Q, table 8-6)
 * @param maxLearned {@code max_learned_macs}: learned addresses; default 8192
 * @param maxStatic {@code max_static_macs}: static ones; default 4096
 */
public record BridgeSettings(int ports, MacAddress own, int ageSeconds, int maxLearned, int maxStatic) {

    private static final String DEFAULT_MAC = "02:00:5e:00:53:01";

    /** From a configuration. */
    public static BridgeSettings from(Settings from) {
        return new BridgeSettings((int) from.number("switch_ports", 0, Verdict.MOST_INTERFACES - 1, 0), own(from),
                (int) from.number("switch_age_s", 10, 1_000_000, 300), (int) from.number("max_learned_macs", 1, 1_000_000, 8192),
                (int) from.number("max_static_macs", 1, 1_000_000, 4096));
    }

    private static MacAddress own(Settings from) {
        String text = from.text("switch_mac", DEFAULT_MAC);
        try {
            MacAddress own = MacAddress.parse(text);
            if (!Ethernet.isGroup(own.bits())) {
                return own;
            }
        } catch (IllegalArgumentException expected) {
            // Told below.
        }
        from.complain("switch_mac", text, "the Ethernet address of one station", DEFAULT_MAC);
        return MacAddress.parse(DEFAULT_MAC);
    }
}
