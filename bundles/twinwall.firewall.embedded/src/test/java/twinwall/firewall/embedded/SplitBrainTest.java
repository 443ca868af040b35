/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.TableWatcher;

/**
 * Two firewalls that did not know of each other gave the same public endpoint to two hosts. When they exchange their tables both end with
 * the same holder, in whatever order entries arrive and whichever of them forwards from then on.
 */
class SplitBrainTest {

    /** Who is told first. */
    private enum Order { FIRST, SECOND, BY_TURNS }

    /** When the second firewall stops forwarding. */
    private enum Yields { NEVER, BEFORE, BETWEEN }

    private static final List<String> TABLES =
            List.of("nat-3-tuple", "nat-no-pat", "nat64", "ds-lite", "pcp", "car-nat", "port-block", "napt",
                    "nat-server", "static-mapping", "lower nat-server", "lower static-mapping", "nat-server of the same host");

    private static final int LOWER = 5;
    private static final int HIGHER = 6;

    private final List<Queue<Runnable>> ways = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    private boolean delivering;
    private int refused;

    static Stream<List<Object>> cases() {
        List<List<Object>> all = new ArrayList<>();
        for (String table : TABLES) {
            for (Order order : Order.values()) {
                for (Yields yields : Yields.values()) {
                    all.add(List.of(table, order, yields, true));
                    all.add(List.of(table, order, yields, false));
                }
            }
        }
        return all.stream();
    }

    private static TestFirewall firewall(String table) {
        return switch (table) {
            case "nat-3-tuple" -> new TestFirewall("threetuple_pool", TestFirewall.PUBLIC, "threetuple_ports", "4000");
            case "nat-no-pat" -> new TestFirewall("nopat_pool", TestFirewall.PUBLIC);
            case "nat64" -> new TestFirewall("nat64_pool", TestFirewall.PUBLIC, "nat64_prefix", "2001:db8:64::/96", "nat64_ports", "4000");
            case "ds-lite" -> new TestFirewall("dslite_aftr", DsLiteTest.AFTR, "dslite_pool", "192.0.2.1", "dslite_ports", "4000");
            case "pcp" -> new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", TestFirewall.PUBLIC, "pcp_ports", "4000");
            case "car-nat" -> new TestFirewall("napt_pool", TestFirewall.PUBLIC, "car_nat_limit", "1");
            case "port-block" -> new TestFirewall("napt_pool", TestFirewall.PUBLIC, "napt_port_blocks", "true", "napt_ports", "2048-2303");
            case "nat-server", "static-mapping", "lower nat-server", "lower static-mapping", "nat-server of the same host" ->
                new TestFirewall();
            default -> new TestFirewall("napt_pool", TestFirewall.PUBLIC, "napt_ports", "4000");
        };
    }

    /** The host with that number, the lower of which keeps what both were given, begins to talk. */
    private static void begin(TestFirewall on, String table, int host) {
        byte[] out = Frames.udp("10.0.0." + host, 4000, SERVER, 53, 1);
        switch (table) {
            case "nat64" -> passes(on.inside(Frames.udp("2001:db8::" + host, 4000, "2001:db8:64::c633:6409", 53, 1)));
            case "ds-lite" -> passes(on.send(EmbeddedFirewall.INSIDE, DsLiteTest.tunnelled("2001:db8:0:" + host + "::1",
                    Frames.udp(DsLiteTest.HOST, 4000, SERVER, 53, 1))).verdict());
            case "pcp" -> {
                PcpClient client = new PcpClient("10.0.0." + host, host);
                assertThat(client.ask(on, client.map(17, 4000, 0, "0.0.0.0", 600)).result()).isZero();
                passes(on.inside(out));
            }
            case "nat-server" -> serve(on, host);
            case "static-mapping" -> map(on, host);
            case "lower nat-server" -> add(on, host, host == LOWER);
            case "lower static-mapping" -> add(on, host, host != LOWER);
            case "nat-server of the same host" -> add(on, LOWER, host == LOWER);
            default -> passes(on.inside(out));
        }
    }

    private static void add(TestFirewall on, int host, boolean server) {
        if (server) {
            serve(on, host);
        } else {
            map(on, host);
        }
    }

    private static void serve(TestFirewall on, int host) {
        on.command("nat-server", "add", "name", "server" + (9 - host), "global", TestFirewall.PUBLIC, "inside", "10.0.0." + host,
                "protocol", "udp", "global_port", "53");
        passes(on.inside(Frames.udp("10.0.0." + host, 4000, SERVER, 53, 1)));
    }

    private static void map(TestFirewall on, int host) {
        on.command("static-mapping", "add", "inside", "10.0.0." + host, "outside", TestFirewall.PUBLIC);
        passes(on.inside(Frames.udp("10.0.0." + host, 4000, SERVER, 53, 1)));
    }

    private static void passes(Verdict verdict) {
        assertThat(verdict.forwarded()).as(verdict.toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bothEndWithTheSameHolder(List<Object> parameters) {
        String table = (String) parameters.get(0);
        Order order = (Order) parameters.get(1);
        Yields yields = (Yields) parameters.get(2);
        boolean lowerFirst = (boolean) parameters.get(3);
        TestFirewall first = firewall(table);
        TestFirewall second = firewall(table);
        first.pass(1);
        second.pass(1);
        begin(first, table, lowerFirst ? LOWER : HIGHER);
        begin(second, table, lowerFirst ? HIGHER : LOWER);
        if (yields == Yields.BEFORE) {
            second.firewall.setForwarding(false);
        }
        connect(first, second, ways.get(0));
        connect(second, first, ways.get(1));
        deliver(order);
        if (yields == Yields.BETWEEN) {
            second.firewall.setForwarding(false);
        }
        while (!ways.get(0).isEmpty() || !ways.get(1).isEmpty()) {
            ways.forEach(this::drain);
            first.pass(0.1);
            second.pass(0.1);
        }
        assertThat(held(first, table)).isEqualTo(held(second, table)).hasSize(1);
        assertThat(sessions(first)).isEqualTo(sessions(second));
        if (yields == Yields.NEVER) {
            assertThat(held(first, table).toString()).contains(holder(table));
            assertThat(refused).isPositive();
        }
    }

    private static String holder(String table) {
        return switch (table) {
            case "nat64" -> "2001:db8:0:0:0:0:0:5";
            case "ds-lite" -> "2001:db8:0:5:";
            case "lower static-mapping" -> "StaticMapping";
            case "lower nat-server", "nat-server of the same host" -> "NatServer";
            default -> "10.0.0.5";
        };
    }

    private void deliver(Order order) {
        switch (order) {
            case FIRST -> drain(ways.get(0));
            case SECOND -> drain(ways.get(1));
            default -> {
                step(ways.get(0));
                step(ways.get(1));
            }
        }
    }

    private void drain(Queue<Runnable> way) {
        while (!way.isEmpty()) {
            step(way);
        }
    }

    private void step(Queue<Runnable> way) {
        Runnable next = way.poll();
        delivering = true;
        try {
            if (next != null) {
                next.run();
            }
        } catch (EntryRefusedException e) {
            assertThat(e.reason()).isEqualTo("endpoint-taken");
            refused++;
        } finally {
            delivering = false;
        }
    }

    /** First everything that is there, then every change; an entry is no news while it is being put in. */
    @SuppressWarnings("unchecked")
    private void connect(TestFirewall from, TestFirewall to, Queue<Runnable> way) {
        for (String type : from.firewall.tables().keySet()) {
            FirewallTable<Record> source = (FirewallTable<Record>) from.firewall.tables().get(type);
            FirewallTable<Record> target = (FirewallTable<Record>) to.firewall.tables().get(type);
            entries(source).forEach(entry -> way.add(() -> target.restore(entry)));
            source.watch(new TableWatcher<Record>() {
                @Override
                public void changed(Record entry) {
                    if (!delivering) {
                        way.add(() -> target.restore(entry));
                    }
                }

                @Override
                public void removed(Record last) {
                    way.add(() -> target.forget(last));
                }
            });
        }
    }

    /** Without what each firewall says for itself. */
    private static String hard(Record entry) {
        return entry.toString().replaceAll("(remainingSeconds|epochSeconds|sessions|[a-z]+Packets|[a-z]+Bytes)=[0-9]+", "");
    }

    private static Set<String> held(TestFirewall firewall, String table) {
        Set<String> all = new TreeSet<>();
        for (String type : firewall.firewall.tables().containsKey(table) ? List.of(table) : List.of("nat-server", "static-mapping")) {
            entries(firewall.firewall.tables().get(type)).forEach(entry -> all.add(hard(entry)));
        }
        return all;
    }

    private static Set<String> sessions(TestFirewall firewall) {
        Set<String> all = new TreeSet<>();
        for (Ipv4Session session : entries(firewall.firewall.ipv4Sessions())) {
            all.add(hard(session));
        }
        entries(firewall.firewall.ipv6Sessions()).forEach(session -> all.add(hard(session)));
        return all;
    }
}
