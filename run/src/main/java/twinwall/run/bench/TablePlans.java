/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

import twinwall.firewall.Ip4;

/**
 * What is particular about a table for the bench: settings of the firewall without which it takes no entries, and components that cannot be
 * anything; and how many entries make sense. A table that is not here is measured with the settings that all share, and plain entries.
 */
record TablePlans(Map<String, String> settings, Map<String, LongFunction<Object>> components, int most) {

    /** Few and large entries, or cryptography: no rate is promised for them, nor room for a million. */
    static final Set<String> FEW = Set.of("pki-certificate", "crl", "ipsec-tunnel");

    private static final int POOL = 0x64400000;
    private static final int PORTS = 60_000;
    private static final int FIRST_PORT = 1024;
    private static final int BLOCK = 256;
    private static final int BLOCKS = 200;
    private static final String MOST = "1000000";
    private static final int VIRTUAL_SERVER = 0xc0000201;
    private static final int REAL_SERVER = 0xc000020a;
    private static final LongFunction<Object> OWN_ADDRESS = number -> new Ip4(POOL + (int) number);
    private static final LongFunction<Object> SHARED_ADDRESS = number -> new Ip4(POOL + (int) (number / PORTS));
    private static final Map<String, String> SHARED = Map.ofEntries(Map.entry("max_sessions", MOST), Map.entry("max_napt_mappings", MOST),
            Map.entry("max_blacklist_entries", MOST), Map.entry("max_whitelist_entries", MOST), Map.entry("aaa_max_users", MOST),
            Map.entry("max_threetuple_bindings", MOST), Map.entry("max_car_nat_entries", MOST), Map.entry("max_slb_bindings", MOST),
            Map.entry("max_port_block_subscribers", MOST), Map.entry("max_static_macs", MOST));

    private static final Map<String, TablePlans> PLANS = Map.of(
            "napt", plan(Map.of("napt_pool", "100.64.0.0-100.64.0.255"), Map.of("outside", SHARED_ADDRESS)),
            "nat-3-tuple", plan(Map.of("threetuple_pool", "100.64.0.0-100.64.0.255"), Map.of("outside", SHARED_ADDRESS)),
            "nat-no-pat", plan(Map.of("nopat_pool", "100.64.0.0-100.64.255.255"), Map.of("outside", OWN_ADDRESS)).upTo(65_536),
            "car-nat", plan(Map.of("napt_pool", "100.64.0.0-100.64.0.255", "car_nat_limit", "60000"),
                    Map.of("outside", SHARED_ADDRESS, "place", number -> (int) (number % PORTS))),
            "port-block", plan(Map.of("napt_pool", "100.64.0.0-100.64.255.255", "napt_port_blocks", "true", "napt_ports", "1024-65535",
                    "napt_port_block_size", Integer.toString(BLOCK)), Map.of("outside", number -> new Ip4(POOL + (int) (number / BLOCKS)),
                    "blockPorts", number -> BLOCK, "firstPorts", number -> List.of(FIRST_PORT + BLOCK * (int) (number % BLOCKS)))),
            "nat-server", plan(Map.of(), Map.of("global", OWN_ADDRESS, "ports", number -> 1)),
            "static-mapping", plan(Map.of(), Map.of("outsideFirst", OWN_ADDRESS, "outsideLast", OWN_ADDRESS, "firstPort",
                    number -> FIRST_PORT, "lastPort", number -> 65_535)).upTo(4096),
            "destination-nat", plan(Map.of("destination_nat", "tcp 100.64.0.1 port 443 -> 192.0.2.10 port 8443"), Map.of("rule",
                    number -> 1,
                    "destination", number -> new Ip4(POOL + 1), "destinationPort", number -> 443, "real", number -> new Ip4(REAL_SERVER),
                    "realPort", number -> 8443)),
            "static-mac", plan(Map.of("switch_ports", "2"), Map.of()),
            "l4-slb", plan(Map.of("slb_servers", "web tcp 192.0.2.1:443 -> 192.0.2.10:8443"), Map.of("virtualAddress",
                    number -> new Ip4(VIRTUAL_SERVER), "virtualPort", number -> 443, "real", number -> new Ip4(REAL_SERVER),
                    "realPort", number -> 8443, "group", number -> "web", "weight", number -> 1)));

    /** For one table. */
    static TablePlans of(String type) {
        return PLANS.getOrDefault(type, plan(Map.of(), Map.of()));
    }

    private static TablePlans plan(Map<String, String> settings, Map<String, LongFunction<Object>> components) {
        Map<String, String> all = new HashMap<>(SHARED);
        all.putAll(settings);
        return new TablePlans(Map.copyOf(all), components, Integer.MAX_VALUE);
    }

    /** No more entries than these. */
    private TablePlans upTo(int entries) {
        return new TablePlans(settings, components, entries);
    }
}
