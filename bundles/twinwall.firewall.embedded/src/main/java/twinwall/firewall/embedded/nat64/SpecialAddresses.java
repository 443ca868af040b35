/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import java.util.List;

import twinwall.firewall.embedded.lists.Prefix;

/** IPv4 addresses that are not global: the special-purpose registry (RFC 6890, section 2.2.2), multicast and the reserved rest. */
final class SpecialAddresses {

    private static final Prefix[] SPECIAL = Prefix.list4(String.join(",", List.of("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10",
            "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"))).toArray(new Prefix[0]);

    private SpecialAddresses() {
    }

    static boolean isGlobal(int address) {
        for (Prefix prefix : SPECIAL) {
            if (prefix.contains(false, 0, address & 0xffffffffL)) {
                return false;
            }
        }
        return true;
    }
}
