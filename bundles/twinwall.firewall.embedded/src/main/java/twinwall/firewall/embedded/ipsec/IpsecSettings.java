/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import twinwall.firewall.embedded.lists.Prefix;
import twinwall.settings.Settings;

/**
 * Settings of the IPsec gateway. Sequence numbers and replay: {@link OutboundNumbers}, {@link InboundNumbers}.
 *
 * @param addresses {@code ipsec_addresses}: own addresses that tunnels may end at, IPv4 or IPv6; default none: no IPsec
 * @param peers {@code ipsec_peers}: prefixes that other ends of tunnels must lie in; default empty: any
 * @param guarded {@code ipsec_protected}: prefixes of the other side that are reached through tunnels or not at all; default none
 * @param mtu {@code ipsec_mtu}: octets of the largest sealed packet, 1400 to 65535; default 1500
 * @param window {@code ipsec_replay_window}: packets, 64 to 4096; default 1024; for tunnels that do not say otherwise
 * @param maxTunnels {@code max_ipsec_tunnels}: default 4096
 * @param interval {@code ipsec_report_packets}: sealed packets after which the peer is told of the number, 1 to 1000000; default 10000
 * @param allowance {@code ipsec_report_allowance}: packets that may be sealed while the peer has not heard of the number, 1 to 2^30;
 *     default 1048576
 * @param margin {@code ipsec_replay_margin}: packets that may be opened while the peer has not heard of the number, and that are refused
 *     after a takeover; 0 to 100000; default 32
 * @param reach {@code ipsec_replay_report_packets}: opened packets after which the peer is told of the number at the latest, 1 to
 *     100000; default 1000
 */
public record IpsecSettings(String addresses, String peers, String guarded, int mtu, int window, int maxTunnels, int interval,
        int allowance, int margin, int reach) {

    /** From a configuration. */
    public static IpsecSettings from(Settings from) {
        return new IpsecSettings(prefixes(from, "ipsec_addresses"), prefixes(from, "ipsec_peers"), prefixes(from, "ipsec_protected"),
                (int) from.number("ipsec_mtu", 1400, 65535, 1500), (int) from.number("ipsec_replay_window", 64, 4096, 1024),
                (int) from.number("max_ipsec_tunnels", 1, 1_000_000, 4096),
                (int) from.number("ipsec_report_packets", 1, 1_000_000, 10_000),
                (int) from.number("ipsec_report_allowance", 1, 1 << 30, 1 << 20),
                (int) from.number("ipsec_replay_margin", 0, 100_000, 32),
                (int) from.number("ipsec_replay_report_packets", 1, 100_000, 1000));
    }

    private static String prefixes(Settings from, String key) {
        String text = from.text(key, "");
        try {
            Prefix.list(text);
            return text;
        } catch (IllegalArgumentException e) {
            from.complain(key, text, e.getMessage(), "none");
            return "";
        }
    }
}
