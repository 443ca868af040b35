/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.firewall.CarPlace;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.PortBlocks;

/** What must hold of shared addresses whatever clients do, over failovers whose tables arrive in any order. */
class SharingPropertyTest {

    private static final int LIMIT = 4;
    private static final String[] SETTINGS = {"napt_pool", "203.0.113.1-203.0.113.3", "napt_ports", "2000-2063", "napt_port_blocks", "true",
        "napt_port_block_size", "8", "napt_port_block_extensions", "2", "napt_port_block_timeout_s", "90", "car_nat_limit", "" + LIMIT,
        "car_nat_timeout_s", "80"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noPortTwiceNoBlockTwiceAndNoAddressSharedByTooMany(long seed) {
        Random random = new Random(seed);
        TestFirewall firewall = new TestFirewall(SETTINGS);
        int begun = 0;
        int refused = 0;
        for (int step = 0; step < 1500; step++) {
            switch (random.nextInt(40)) {
                case 0 -> firewall = failover(firewall, random);
                case 1, 2, 3 -> firewall.pass(random.nextInt(50));
                default -> {
                    byte[] packet = Frames.udp("10.0.0." + (1 + random.nextInt(20)), 3000 + random.nextInt(30),
                            "198.51.100." + (1 + random.nextInt(3)), 53, 1);
                    if (firewall.inside(packet).forwarded()) {
                        begun++;
                    } else {
                        refused++;
                    }
                }
            }
            if (step % 10 == 0) {
                check(firewall);
            }
        }
        assertThat(begun).isGreaterThan(100);
        assertThat(refused).isGreaterThan(10);
        // At the end nothing is left over: every count has come out right.
        for (int i = 0; i < 4; i++) {
            firewall.pass(200);
        }
        assertThat(table(firewall, "port-block").size()).isZero();
        assertThat(table(firewall, "car-nat").size()).isZero();
        assertThat(firewall.command("port-block", "usage")).containsEntry("allocated", 0).containsEntry("subscribersNearEnd", 0);
    }

    /** Every table is copied, in any order, and sometimes one of the two that this is about does not arrive at all. */
    private static TestFirewall failover(TestFirewall failed, Random random) {
        TestFirewall next = new TestFirewall(SETTINGS);
        next.firewall.setForwarding(false);
        List<String> types = new ArrayList<>(failed.firewall.tables().keySet());
        Collections.sort(types);
        Collections.shuffle(types, random);
        List<String> all = List.copyOf(types);
        if (random.nextInt(4) == 0) {
            types.remove(random.nextBoolean() ? "car-nat" : "port-block");
        }
        for (String type : types) {
            failed.copyAllBut(next, all.stream().filter(other -> !other.equals(type)).toArray(String[]::new));
        }
        next.takeOverFrom(failed);
        next.pass(0);
        return next;
    }

    /**
     * Both are active for a while, and packets come to either of them or to both. One yields. What the other one still has then goes on
     * when roles change: nothing that the peer has confirmed is dropped for want of an entry.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatIsLeftAfterASplitBrainGoesOnWithEitherFirewall(long seed) {
        Random random = new Random(seed);
        FirewallPair pair = new FirewallPair(false, SETTINGS);
        pair.forwards(0, true);
        pair.forwards(1, false);
        talk(pair, random, 20, 4, 0);
        pair.settle();
        Set<String> before = sessions(pair, 0);
        talk(pair, random, 5, 7, 0);
        pair.forwards(1, true);
        talk(pair, random, 60, 20, 0, 1);
        int yields = random.nextInt(2);
        int stays = 1 - yields;
        pair.forwards(yields, false);
        for (int step = 0; step < 200; step++) {
            pair.deliver(random, 1 + random.nextInt(4));
            pair.pass(0.1);
        }
        for (int round = 0; round < 3; round++) {
            pair.settle();
            pair.pass(0.1);
        }
        pair.repair(stays);
        check(pair.sides[0]);
        check(pair.sides[1]);
        Set<String> left = sessions(pair, stays);
        assertThat(sessions(pair, yields)).isEqualTo(left);
        assertThat(left).as("what was confirmed before").containsAll(before);
        for (String type : List.of("car-nat", "port-block")) {
            assertThat(hard(pair.entries(0, type))).as(type).isEqualTo(hard(pair.entries(1, type)));
        }
        pair.forwards(stays, false);
        pair.forwards(yields, true);
        pair.pass(0);
        for (Ipv4Session session : entries(pair.sides[yields].firewall.ipv4Sessions())) {
            byte[] next = Frames.udp(session.source().toString(), session.sourcePort(), session.destination().toString(), 53, 1);
            assertThat(pair.sides[yields].inside(next)).as("next packet of " + session).matches(Verdict::forwarded);
        }
    }

    /** Two packets of each conversation, so that it is due; to one firewall, or as a switch that floods gives it to all of them. */
    private static void talk(FirewallPair pair, Random random, int conversations, int clients, int... sides) {
        for (int i = 0; i < conversations; i++) {
            byte[] packet = Frames.udp("10.0.0." + (1 + random.nextInt(clients)), 3000 + random.nextInt(30),
                    "198.51.100." + (1 + random.nextInt(3)), 53, 1);
            int only = random.nextInt(3);
            for (int side : sides) {
                if (sides.length == 1 || only != side) {
                    pair.sides[side].inside(packet.clone());
                    pair.sides[side].inside(packet.clone());
                }
            }
            pair.pass(0.01);
        }
    }

    private static Set<String> sessions(FirewallPair pair, int side) {
        Set<String> all = new TreeSet<>();
        for (Ipv4Session session : entries(pair.sides[side].firewall.ipv4Sessions())) {
            all.add(session.source() + ":" + session.sourcePort() + " to " + session.destination() + " as "
                    + session.translated().orElseThrow());
        }
        return all;
    }

    private static Set<String> hard(List<? extends Record> entries) {
        Set<String> all = new HashSet<>();
        entries.forEach(entry -> all.add(entry.toString().replaceAll("(remainingSeconds|sessions)=[0-9]+", "")));
        return all;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Record> FirewallTable<E> table(TestFirewall firewall, String type) {
        return (FirewallTable<E>) firewall.firewall.tables().get(type);
    }

    private static void check(TestFirewall firewall) {
        Set<String> used = new HashSet<>();
        Map<Ip4, Set<Ip4>> sharing = new HashMap<>();
        Map<String, Ip4> holders = new HashMap<>();
        for (Ipv4Session session : entries(firewall.firewall.ipv4Sessions())) {
            String outside = session.translated().orElseThrow().toString();
            assertThat(used.add(outside + " to " + session.destination())).as("port used once: " + outside).isTrue();
            Ip4 address = session.translated().orElseThrow().address();
            sharing.computeIfAbsent(address, same -> new HashSet<>()).add(session.source());
            hold(holders, address, session.translated().orElseThrow().port(), session.source());
        }
        for (PortBlocks blocks : entries(SharingPropertyTest.<PortBlocks>table(firewall, "port-block"))) {
            assertThat(blocks.firstPorts().size()).isBetween(1, 3);
            blocks.firstPorts().forEach(port -> hold(holders, blocks.outside(), port, blocks.subscriber()));
        }
        for (CarPlace place : entries(SharingPropertyTest.<CarPlace>table(firewall, "car-nat"))) {
            sharing.computeIfAbsent(place.outside(), same -> new HashSet<>()).add(place.inside());
        }
        sharing.forEach((address, clients) -> assertThat(clients).as("who shares " + address).hasSizeLessThanOrEqualTo(LIMIT));
    }

    private static void hold(Map<String, Ip4> holders, Ip4 address, int port, Ip4 client) {
        String block = address + " " + (port - 2000) / 8;
        assertThat(holders.putIfAbsent(block, client)).as("holder of " + block).isIn(null, client);
    }
}
