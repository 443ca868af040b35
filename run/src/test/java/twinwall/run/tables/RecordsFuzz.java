/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

import twinwall.firewall.FirewallTable;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.handler.RecordTableHandler;
import twinwall.record.RecordCodec;
import twinwall.record.RecordFormatException;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;

/**
 * Entries of every table as a peer sends them, into the embedded firewall. An input: a byte that chooses the table, one with what is done,
 * then layout (none: the same as here), key, value, soft facts and so on, each behind its length in two bytes.
 */
public final class RecordsFuzz {

    private static final List<Scenario> TABLES = Scenarios.backedUp();
    private static final int MOST_ENTRIES = 20;
    private static final String POOL = "100.64.0.0/28";
    private static final Map<String, String> SHARED = Map.ofEntries(Map.entry("forwarding", "true"), Map.entry("switch_ports", "4"),
            Map.entry("dslite_aftr", "2001:db8::1"), Map.entry("ipsec_addresses", "192.0.2.1"), Map.entry("sslvpn_gateway", "gate"),
            Map.entry("slb_servers", "web tcp 192.0.2.1:443 -> 192.0.2.10:8443"),
            Map.entry("slb_http", "web http 192.0.2.1:80 -> 192.0.2.10:8080"),
            Map.entry("car_nat_limit", "60000"), Map.entry("napt_port_blocks", "true"));
    private static final Map<String, String> POOLS = Map.of("nat-no-pat", "nopat_pool", "nat-3-tuple", "threetuple_pool",
            "pcp", "pcp_pool", "nat64", "nat64_pool", "ds-lite", "dslite_pool", "ds-lite-server", "dslite_pool");
    /** Held, so that it stays silent: a refused entry is nothing to log here. */
    private static final Logger SILENT = Logger.getLogger("twinwall");

    static {
        SILENT.setLevel(Level.OFF);
    }

    private RecordsFuzz() {
    }

    /** Fails on anything but entries or an {@link IOException}, and when an entry does not survive being written and read again. */
    public static void fuzzerTestOneInput(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input);
        if (in.remaining() < 2) {
            return;
        }
        Scenario table = TABLES.get((in.get() & 0xff) % TABLES.size());
        int what = in.get();
        byte[] layout = part(in);
        try {
            roundTrip(RecordCodec.of(table.entry()), in.duplicate());
            restore(table.type(), table.entry(), what, layout, in);
        } catch (IOException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new IllegalStateException("refused without a reason", e);
            }
        }
    }

    private static <E extends Record> void roundTrip(RecordCodec<E> codec, ByteBuffer in) throws RecordFormatException {
        E entry = codec.entry(part(in), part(in), part(in));
        E again = codec.entry(codec.key(entry), codec.value(entry), codec.soft(entry));
        if (!Arrays.equals(codec.key(entry), codec.key(again)) || !Arrays.equals(codec.value(entry), codec.value(again))
                || !Arrays.equals(codec.soft(entry), codec.soft(again))) {
            throw new IllegalStateException(entry + " became " + again);
        }
        codec.describe(codec.key(entry), codec.value(entry), codec.soft(entry));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Record> void restore(String type, Class<E> entry, int what, byte[] layout, ByteBuffer in)
            throws IOException {
        EmbeddedFirewall firewall = new EmbeddedFirewall(settings(type));
        firewall.setForwarding((what & 1) == 1);
        FirewallTable<E> table = (FirewallTable<E>) firewall.tables().get(type);
        RecordTableHandler<E> handler = new RecordTableHandler<>(table, entry) {
        };
        EntrySink sink = handler.restore(new PeerLayout(1, layout.length == 0 ? handler.layout() : layout));
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < MOST_ENTRIES && in.remaining() > 0; i++) {
            byte[] key = part(in);
            sink.put(key, part(in), part(in));
            keys.add(key);
        }
        if ((what & 2) == 2) {
            for (byte[] key : keys) {
                sink.remove(key);
            }
        }
        firewall.tick(1_790_000_000_000_000L);
        long[] seen = {0};
        table.visit(each -> seen[0]++);
        if (seen[0] != table.size()) {
            throw new IllegalStateException(type + " has " + table.size() + " entries and shows " + seen[0]);
        }
    }

    /** Tables with public addresses have the same pool, so only the one under test has it. */
    private static FirewallSettings settings(String type) {
        Map<String, String> settings = new HashMap<>(SHARED);
        if (type.equals("destination-nat")) {
            settings.put("destination_nat", "tcp 100.64.0.1 port 443 -> 192.0.2.10 port 8443");
        } else {
            settings.put(POOLS.getOrDefault(type, "napt_pool"), POOL);
        }
        return FirewallSettings.of(settings);
    }

    private static byte[] part(ByteBuffer in) {
        byte[] part = new byte[in.remaining() < 2 ? 0 : Math.min(in.getShort() & 0xffff, in.remaining())];
        in.get(part);
        return part;
    }
}
