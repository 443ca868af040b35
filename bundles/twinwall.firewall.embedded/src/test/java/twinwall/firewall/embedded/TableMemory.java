/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.NatServer;
import twinwall.firewall.PortBlocks;

/** How much heap an entry of a table takes. Run with {@code -Xmx1g}: a million entries must fit. */
public final class TableMemory {

    private static final int ENTRIES = 1_000_000;
    private static final int FIRST_OUTSIDE = 0xcb000000;
    private static final int PER_ADDRESS = 248;

    private TableMemory() {
    }

    public static void main(String[] arguments) {
        String pool = new Ip4(FIRST_OUTSIDE) + "-" + new Ip4(FIRST_OUTSIDE + ENTRIES / PER_ADDRESS);
        measure("port-block", Map.of("napt_port_blocks", "true", "napt_ports", "2048-65535", "napt_pool", pool), TableMemory::blocks);
        measure("nat-server", Map.of(), i -> new NatServer(0, "server-" + i, 6, new Ip4(FIRST_OUTSIDE + i / 1000), 1 + i % 1000,
                new Ip4(0x0a000000 + i), 8080, 1, false));
    }

    private static PortBlocks blocks(int i) {
        return new PortBlocks(0, 0, new Ip4(0x0a000000 + i), (i / PER_ADDRESS + i % PER_ADDRESS) & 1,
                new Ip4(FIRST_OUTSIDE + i / PER_ADDRESS), 256,
                List.of(2048 + i % PER_ADDRESS * 256), 1_700_000_000L, 0, 600);
    }

    @SuppressWarnings("unchecked")
    private static void measure(String type, Map<String, String> settings, IntFunction<Record> entry) {
        EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.of(settings));
        FirewallTable<Record> table = (FirewallTable<Record>) firewall.tables().get(type);
        long before = used();
        long began = System.nanoTime();
        for (int i = 0; i < ENTRIES; i++) {
            table.restore(entry.apply(i));
        }
        long nanos = System.nanoTime() - began;
        long each = (used() - before) / ENTRIES;
        System.out.printf("%s: %d entries, %d bytes each, %.2f us to restore one%n", type, table.size(), each, nanos / 1e3 / ENTRIES);
        Reference.reachabilityFence(firewall);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
