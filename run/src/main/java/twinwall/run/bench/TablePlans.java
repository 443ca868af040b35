/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

import twinwall.firewall.AddressPrefix;
import twinwall.firewall.Ip4;
import twinwall.firewall.IpsecTunnel.Direction;
import twinwall.firewall.PcpNonce;
import twinwall.firewall.Sha256;

/** What the bench knows about particular tables. One that is not here is measured with the settings that all share, and plain entries. */
final class TablePlans {

    /** Few and large entries, or cryptography: no rate is promised for them, nor room for a million. */
    static final Set<String> FEW = Set.of("pki-certificate", "crl", "ipsec-tunnel");

    private static final int IMPORTED = 300;
    private static final int ASSOCIATIONS = 8192;
    private static final int POOL = 0x64400000;
    private static final String ADDRESSES = "100.64.0.0-100.64.0.255";
    private static final int PORTS = 60_000;
    private static final int FIRST_PORT = 1024;
    private static final int LAST_PORT = 65_535;
    private static final int BLOCK = 256;
    private static final int BLOCKS = 200;
    private static final String MOST = "1000000";
    private static final int VIRTUAL_SERVER = 0xc0000201;
    private static final int REAL_SERVER = 0xc000020a;
    private static final InetAddress GATEWAY = NumberedEntries.address(VIRTUAL_SERVER);
    private static final InetAddress BRANCH = NumberedEntries.address(REAL_SERVER);
    private static final LongFunction<Object> OWN_ADDRESS = number -> new Ip4(POOL + (int) number);
    private static final LongFunction<Object> SHARED_ADDRESS = number -> new Ip4(POOL + (int) (number / PORTS));
    private static final Map<String, String> SHARED = Map.ofEntries(Map.entry("max_sessions", MOST), Map.entry("max_napt_mappings", MOST),
            Map.entry("max_blacklist_entries", MOST), Map.entry("max_whitelist_entries", MOST), Map.entry("aaa_max_users", MOST),
            Map.entry("max_threetuple_bindings", MOST), Map.entry("max_car_nat_entries", MOST), Map.entry("max_slb_bindings", MOST),
            Map.entry("max_port_block_subscribers", MOST), Map.entry("max_static_macs", MOST));

    private static final Map<String, TablePlan> PLANS = Map.ofEntries(
            Map.entry("napt", plan(Map.of("napt_pool", ADDRESSES), Map.of("outside", SHARED_ADDRESS))),
            Map.entry("nat-3-tuple", plan(Map.of("threetuple_pool", ADDRESSES), Map.of("outside", SHARED_ADDRESS))),
            Map.entry("nat-no-pat", plan(Map.of("nopat_pool", "100.64.0.0/12"), Map.of("outside", OWN_ADDRESS))),
            Map.entry("car-nat", plan(Map.of("napt_pool", ADDRESSES, "car_nat_limit", Integer.toString(PORTS)),
                    Map.of("outside", SHARED_ADDRESS, "place", number -> (int) (number % PORTS)))),
            Map.entry("port-block", plan(Map.of("napt_pool", "100.64.0.0-100.64.255.255", "napt_port_blocks", "true", "napt_ports",
                    "1024-65535", "napt_port_block_size", Integer.toString(BLOCK)),
                    Map.of("outside", number -> new Ip4(POOL + (int) (number / BLOCKS)), "blockPorts", number -> BLOCK,
                            "half", number -> (int) (number / BLOCKS + number % BLOCKS) % 2,
                            "firstPorts", number -> List.of(FIRST_PORT + BLOCK * (int) (number % BLOCKS))))),
            Map.entry("nat-server", plan(Map.of(), Map.of("global", OWN_ADDRESS, "ports", number -> 1))),
            Map.entry("static-mapping", plan(Map.of("max_static_mappings", MOST), Map.of("outsideFirst", OWN_ADDRESS,
                    "outsideLast", OWN_ADDRESS, "firstPort", number -> FIRST_PORT, "lastPort", number -> LAST_PORT))),
            Map.entry("destination-nat", plan(Map.of("destination_nat", "tcp 100.64.0.1 port 443 -> 192.0.2.10 port 8443"),
                    Map.of("rule", number -> 1, "destination", number -> new Ip4(POOL + 1), "destinationPort", number -> 443,
                            "real", number -> new Ip4(REAL_SERVER), "realPort", number -> 8443))),
            Map.entry("nat64", plan(Map.of("nat64_pool", ADDRESSES, "max_nat64_bindings", MOST), Map.of("outside", SHARED_ADDRESS))),
            Map.entry("ds-lite", plan(Map.of("dslite_aftr", "2001:db8::1", "dslite_pool", ADDRESSES, "max_dslite_bindings", MOST),
                    Map.of("outside", SHARED_ADDRESS))),
            Map.entry("ds-lite-server", plan(Map.of("dslite_aftr", "2001:db8::1", "dslite_pool", ADDRESSES, "max_dslite_servers", MOST),
                    Map.of("outside", SHARED_ADDRESS))),
            Map.entry("pcp", plan(Map.of("pcp_pool", ADDRESSES, "max_pcp_mappings", MOST), Map.of("outside", SHARED_ADDRESS,
                    "nonce", number -> new PcpNonce(number << 32 | number, (int) number)))),
            Map.entry("static-mac", plan(Map.of("switch_ports", "2"), Map.of())),
            Map.entry("l4-slb", plan(Map.of("slb_servers", "web tcp 192.0.2.1:443 -> 192.0.2.10:8443"),
                    Map.of("virtualAddress", number -> new Ip4(VIRTUAL_SERVER), "virtualPort", number -> 443,
                            "real", number -> new Ip4(REAL_SERVER), "realPort", number -> 8443, "group", number -> "web",
                            "weight", number -> 1))),
            Map.entry("l7-slb", plan(Map.of("slb_http", "web http 192.0.2.1:80 -> 192.0.2.10:8080", "max_slb_http_clients", MOST),
                    Map.of("server", number -> "web", "real", number -> new Ip4(REAL_SERVER), "realPort", number -> 8080,
                            "idHash", number -> ByteBuffer.allocate(16).putLong(Long.reverse(number)).putLong(number).array()))),
            Map.entry("ssl-vpn-user", plan(Map.of("sslvpn_gateway", "gate", "sslvpn_max_sessions", MOST), Map.of(
                    "gateway", number -> "gate", "session", number -> Long.reverse(number), "roles", number -> List.of("staff"),
                    "tokenHash", number -> Sha256.of("token " + number)))),
            Map.entry("pki-certificate", plan(Imported.SETTINGS, Map.of()).imported(IMPORTED, Imported::certificates)),
            Map.entry("crl", plan(Imported.SETTINGS, Map.of()).imported(IMPORTED, Imported::revocationLists)),
            Map.entry("ipsec-tunnel", plan(Map.of("ipsec_addresses", "192.0.2.1"), associations()).upTo(ASSOCIATIONS)));

    private TablePlans() {
    }

    /** For one table. */
    static TablePlan of(String type) {
        return PLANS.getOrDefault(type, plan(Map.of(), Map.of()));
    }

    private static TablePlan plan(Map<String, String> settings, Map<String, LongFunction<Object>> components) {
        Map<String, String> all = new HashMap<>(SHARED);
        all.putAll(settings);
        return new TablePlan(Map.copyOf(all), components, Integer.MAX_VALUE, null);
    }

    /** Tunnels to a branch, a pair of associations for each of its networks: an even number seals, an odd one opens. */
    private static Map<String, LongFunction<Object>> associations() {
        return Map.ofEntries(Map.entry("direction", number -> seals(number) ? Direction.OUTBOUND : Direction.INBOUND),
                Map.entry("source", number -> seals(number) ? GATEWAY : BRANCH),
                Map.entry("destination", number -> seals(number) ? BRANCH : GATEWAY),
                Map.entry("protocol", number -> 50), Map.entry("spi", number -> 4096 + number),
                Map.entry("tunnel", number -> "branch-" + number / 2), Map.entry("algorithm", number -> "aes-gcm-16"),
                Map.entry("secret", number -> ByteBuffer.allocate(36).putLong(28, number).array()),
                Map.entry("window", number -> seals(number) ? 0 : 1024),
                Map.entry("local", number -> List.of(network(0x0a000000, 16))),
                Map.entry("remote", number -> List.of(network(0x0b000000 + ((int) number / 2 << 8), 24))));
    }

    private static boolean seals(long number) {
        return number % 2 == 0;
    }

    private static AddressPrefix network(int address, int length) {
        return new AddressPrefix(NumberedEntries.address(address), length);
    }
}
