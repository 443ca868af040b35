/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Packets through a firewall with everything on. An input: packets one after the other, each behind a byte with its interface and its
 * length in two bytes.
 */
public final class PacketsFuzz {

    private static final FirewallSettings SETTINGS = FirewallSettings.of(Map.ofEntries(Map.entry("forwarding", "true"),
            Map.entry("clock", "packets"), Map.entry("rules", "allow any->any"), Map.entry("napt_pool", "203.0.113.1"),
            Map.entry("napt_ports", "1024-2047"), Map.entry("napt_port_blocks", "true"), Map.entry("napt_port_block_size", "64"),
            Map.entry("car_nat_limit", "100"), Map.entry("nopat_pool", "203.0.113.40/29"), Map.entry("nopat_sources", "10.34.0.0/24"),
            Map.entry("threetuple_pool", "203.0.113.33"), Map.entry("threetuple_sources", "10.33.0.0/24"),
            Map.entry("pcp_address", "10.35.0.1"), Map.entry("pcp_pool", "203.0.113.35"), Map.entry("pcp_sources", "10.0.0.0/8"),
            Map.entry("pcp_third_party", "true"), Map.entry("nat64_pool", "203.0.113.64"), Map.entry("dslite_aftr", "2001:db8:a::1"),
            Map.entry("dslite_pool", "203.0.113.66"), Map.entry("switch_ports", "4"), Map.entry("switch_mac", "02:00:00:00:00:01"),
            Map.entry("own_addresses", "203.0.113.250"), Map.entry("ipsec_addresses", "203.0.113.57"), Map.entry("scan_ports", "10"),
            Map.entry("bandwidth_limit_kbps", "100000"), Map.entry("content_signatures", "0x4d5a9000"),
            Map.entry("slb_servers", "web tcp 192.0.2.80:80 -> 10.53.0.10:8080, 10.53.0.11:8080"),
            Map.entry("destination_nat", "tcp 203.0.113.90 port 443 -> 10.33.0.10-10.33.0.13 port 8443 ttl 300"),
            Map.entry("max_sessions", "1000"), Map.entry("max_half_open", "100"), Map.entry("max_napt_mappings", "1000")));
    private static final long BEGIN = 1_790_000_000_000_000L;
    private static final int MOST_PACKETS = 64;

    private PacketsFuzz() {
    }

    /** Fails when the firewall throws, or forwards to an interface that it does not have. */
    public static void fuzzerTestOneInput(byte[] input) {
        EmbeddedFirewall firewall = new EmbeddedFirewall(SETTINGS);
        ByteBuffer packets = ByteBuffer.wrap(input);
        long now = BEGIN;
        for (int i = 0; i < MOST_PACKETS && packets.remaining() > 3; i++) {
            int in = packets.get() & 0xff;
            byte[] frame = new byte[Math.min(packets.getShort() & 0xffff, packets.remaining())];
            packets.get(frame);
            Verdict verdict = firewall.process(now, in % firewall.interfaces(), new Frame(frame));
            if (verdict.forwarded() && !verdict.flooded() && (verdict.egress() < -1 || verdict.egress() >= firewall.interfaces())) {
                throw new IllegalStateException("forwarded to interface " + verdict.egress());
            }
            // The upper bits let time pass, so that entries expire too.
            now += 1000L << (in >> 3);
            firewall.tick(now);
        }
    }
}
