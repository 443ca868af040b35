/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.CarNatTest.ip;
import static twinwall.firewall.embedded.TestFirewall.PUBLIC;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PortBlocks;

class PortBlockTest {

    private static final String[] SMALL = {"napt_pool", PUBLIC, "napt_port_blocks", "true", "napt_ports", "2000-2039",
        "napt_port_block_size", "4", "napt_port_block_extensions", "1", "napt_port_block_timeout_s", "100"};

    private final TestFirewall active = new TestFirewall(SMALL);
    private final TestFirewall standby = standby(SMALL);

    private static TestFirewall standby(String... settings) {
        TestFirewall firewall = new TestFirewall(settings);
        firewall.firewall.setForwarding(false);
        return firewall;
    }

    private static String begin(TestFirewall firewall, String client, int port) {
        byte[] packet = Frames.udp(client, port, SERVER, 53, 1);
        Verdict verdict = firewall.inside(packet);
        return verdict.forwarded() ? Frames.source(packet) : verdict.reason().label();
    }

    private static int port(String source) {
        return Integer.parseInt(source.split(":")[1]);
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<PortBlocks> blocks(TestFirewall firewall) {
        return (FirewallTable<PortBlocks>) firewall.firewall.tables().get("port-block");
    }

    private static PortBlocks of(TestFirewall firewall, String client) {
        return entries(blocks(firewall)).stream().filter(entry -> entry.subscriber().toString().equals(client)).findAny().orElseThrow();
    }

    @Test
    void portsFrom2048WithBlocksOf256Are248BlocksForEachOfTenAddresses() {
        Map<String, Object> one = usage(new TestFirewall("napt_pool", PUBLIC, "napt_port_blocks", "true", "napt_ports", "2048-65535"));
        Map<String, Object> ten = usage(new TestFirewall("napt_pool", "203.0.113.1-203.0.113.10", "napt_port_blocks", "true", "napt_ports",
                "2048-65535"));
        assertThat(one).containsEntry("blocks", 248L);
        assertThat(ten).containsEntry("blocks", 2480L);
    }

    @Test
    void theTenAddressesServe2480SubscribersAndNotOneMore() {
        TestFirewall firewall = new TestFirewall("napt_pool", "203.0.113.1-203.0.113.10", "napt_port_blocks", "true", "napt_ports",
                "2048-65535");
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 2480; i++) {
            String client = "10.0." + i / 200 + "." + (i % 200 + 1);
            String source = begin(firewall, client, 80);
            assertThat(taken.add(source.split(":")[0] + " " + (port(source) - 2048) / 256)).as(client).isTrue();
        }
        assertThat(begin(firewall, "10.0.99.1", 80)).isEqualTo("no-port-block");
        assertThat(usage(firewall)).containsEntry("allocated", 2480).containsEntry("poolAlarm", true);
    }

    private static Map<String, Object> usage(TestFirewall firewall) {
        return firewall.command("port-block", "usage");
    }

    @Test
    void aSubscriberGetsABlockAtItsFirstSessionAndAnotherWhenItIsFull() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            ports.add(port(begin(active, "10.0.0.1", 5000 + i)));
        }
        PortBlocks first = of(active, "10.0.0.1");
        assertThat(first.firstPorts()).hasSize(1);
        assertThat(ports).hasSize(4).allMatch(port -> port - first.firstPorts().get(0) < 4);
        ports.add(port(begin(active, "10.0.0.1", 5004)));
        assertThat(of(active, "10.0.0.1").firstPorts()).hasSize(2).startsWith(first.firstPorts().get(0));
        assertThat(ports).hasSize(5);
        for (int i = 5; i < 8; i++) {
            begin(active, "10.0.0.1", 5000 + i);
        }
        assertThat(begin(active, "10.0.0.1", 5008)).as("as many extensions as are allowed").isEqualTo("napt-exhausted");
        assertThat(usage(active)).containsEntry("subscribersNearEnd", 1);
    }

    @Test
    void aPortOfABlockServesSeveralDestinations() {
        for (int i = 0; i < 20; i++) {
            assertThat(active.inside(Frames.udp("10.0.0.1", 5000, "198.51.100." + (i + 1), 53, 1)).forwarded()).isTrue();
        }
        assertThat(of(active, "10.0.0.1").firstPorts()).hasSize(1);
        assertThat(of(active, "10.0.0.1").sessions()).isEqualTo(20);
    }

    @Test
    void echoIdentifiersComeFromTheBlocksToo() {
        byte[] echo = Frames.icmp("10.0.0.1", SERVER, 8, 77, 1, new byte[5]);
        assertThat(active.inside(echo).forwarded()).isTrue();
        assertThat(Frames.read(echo).sourcePort() - of(active, "10.0.0.1").firstPorts().get(0)).isBetween(0, 3);
    }

    @Test
    void aSubscriberThatIsAwayLosesItsBlocksAndAnExtensionGoesAlone() {
        for (int i = 0; i < 5; i++) {
            begin(active, "10.0.0.1", 5000 + i);
        }
        active.pass(50);
        // Only the first block is used on: the second packet makes its session last.
        begin(active, "10.0.0.1", 5000);
        active.pass(20);
        assertThat(of(active, "10.0.0.1").firstPorts()).hasSize(2);
        for (int i = 0; i < 5; i++) {
            active.pass(21);
            begin(active, "10.0.0.1", 5000);
        }
        assertThat(of(active, "10.0.0.1").firstPorts()).hasSize(1);
        active.pass(121);
        active.pass(101);
        assertThat(blocks(active).size()).isZero();
        assertThat(usage(active)).containsEntry("allocated", 0).containsEntry("subscribersNearEnd", 0);
    }

    @Test
    void afterATakeoverASubscriberKeepsItsBlocksAndNobodyElseGetsThem() {
        for (int i = 0; i < 5; i++) {
            begin(active, "10.0.0.1", 5000 + i);
        }
        PortBlocks before = of(active, "10.0.0.1");
        active.pass(61);
        active.copyTo(standby);
        standby.takeOverFrom(active);
        for (int i = 2; i < 10; i++) {
            assertThat(port(begin(standby, "10.0.0." + i, 5000))).matches(port -> !in(before, port));
        }
        assertThat(begin(standby, "10.0.0.10", 5000)).isEqualTo("no-port-block");
        assertThat(port(begin(standby, "10.0.0.1", 7000))).matches(port -> in(before, port));
    }

    @Test
    void withoutTheTableAnotherGetsThem() {
        begin(active, "10.0.0.1", 5000);
        PortBlocks before = of(active, "10.0.0.1");
        active.pass(61);
        active.copyAllBut(standby, "port-block");
        standby.takeOverFrom(active);
        boolean twice = false;
        for (int i = 2; i < 12; i++) {
            twice |= in(before, port(begin(standby, "10.0.0." + i, 5000)));
        }
        assertThat(twice).isTrue();
        assertThat(begin(standby, "10.0.0.1", 7000)).isEqualTo("no-port-block");
    }

    @Test
    void sessionsAndEntriesMayComeInAnyOrder() {
        for (int i = 0; i < 5; i++) {
            begin(active, "10.0.0.1", 5000 + i);
        }
        TestFirewall entriesFirst = standby(SMALL);
        entries(blocks(active)).forEach(blocks(entriesFirst)::restore);
        active.copyAllBut(entriesFirst, "port-block");
        active.copyAllBut(standby, "port-block");
        entries(blocks(active)).forEach(blocks(standby)::restore);
        for (TestFirewall one : List.of(standby, entriesFirst)) {
            assertThat(entries(blocks(one))).isEqualTo(entries(blocks(active)));
            one.takeOverFrom(active);
            one.pass(0);
            one.pass(61);
            one.pass(101);
            assertThat(blocks(one).size()).isZero();
            assertThat(usage(one)).containsEntry("allocated", 0);
        }
    }

    @Test
    void sessionsWhoseEntryNeverCameKeepTheirBlocksAndGetAnEntry() {
        for (int i = 0; i < 5; i++) {
            begin(active, "10.0.0.1", 5000 + i);
        }
        PortBlocks before = of(active, "10.0.0.1");
        active.copyAllBut(standby, "port-block");
        standby.takeOverFrom(active);
        for (int i = 2; i < 10; i++) {
            assertThat(port(begin(standby, "10.0.0." + i, 5000))).matches(port -> !in(before, port));
        }
        assertThat(begin(standby, "10.0.0.1", 5010)).startsWith(PUBLIC);
        assertThat(of(standby, "10.0.0.1").firstPorts()).containsExactlyInAnyOrderElementsOf(before.firstPorts());
    }

    @Test
    void aBlockThatThePeerGivesToAnotherIsNoMoreItsFormerHolders() {
        blocks(standby).restore(entry("10.0.0.1", 4, PUBLIC, 0, 2000, 2008));
        blocks(standby).restore(entry("10.0.0.2", 4, PUBLIC, 0, 2008));
        assertThat(entries(blocks(standby))).singleElement().extracting(PortBlocks::subscriber).hasToString("10.0.0.2");
        assertThat(usage(standby)).containsEntry("allocated", 1);
    }

    @Test
    void sharingOfAddressesMayBeLimitedToo() {
        TestFirewall both = new TestFirewall("napt_pool", "203.0.113.1-203.0.113.2", "napt_port_blocks", "true", "car_nat_limit", "2");
        for (int i = 1; i <= 4; i++) {
            assertThat(begin(both, "10.0.0." + i, 5000)).startsWith("203.0.113.");
        }
        assertThat(begin(both, "10.0.0.5", 5000)).isEqualTo("car-limit");
        assertThat(both.firewall.tables().get("car-nat").size()).isEqualTo(4);
    }

    @Test
    void entriesThatContradictTheConfigurationAreRefused() {
        assertRefused(entry("10.0.0.1", 8, PUBLIC, 0, 2000), "block-size");
        assertRefused(entry("10.0.0.1", 4, PUBLIC, 0, 2001), "block-outside-ports");
        assertRefused(entry("10.0.0.1", 4, PUBLIC, 0, 2000, 2040), "block-outside-ports");
        assertRefused(entry("10.0.0.1", 4, PUBLIC, 0, 1996), "block-outside-ports");
        assertRefused(entry("10.0.0.1", 4, PUBLIC, 0), "block-list");
        assertRefused(entry("10.0.0.1", 4, PUBLIC, 0, 2000, 2000), "block-list");
        assertRefused(entry("10.0.0.1", 4, "203.0.113.99", 0, 2000), "outside-pool");
        assertRefused(entry("10.0.0.1", 4, PUBLIC, 7, 2000), "unknown-pool");
        assertThat(blocks(standby).size()).isZero();
        FirewallTable<PortBlocks> off = blocks(standby("napt_pool", PUBLIC));
        assertThatThrownBy(() -> off.restore(entry("10.0.0.1", 256, PUBLIC, 0, 1024))).hasMessageContaining("napt_port_blocks");
    }

    private void assertRefused(PortBlocks entry, String reason) {
        assertThatThrownBy(() -> blocks(standby).restore(entry)).isInstanceOfSatisfying(EntryRefusedException.class,
                e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static PortBlocks entry(String subscriber, int size, String outside, int pool, Integer... firstPorts) {
        int half = firstPorts.length == 0 ? 0 : (firstPorts[0] - 2000) / 4 & 1;
        return new PortBlocks(0, pool, ip(subscriber), half, ip(outside), size, Arrays.asList(firstPorts), 1_700_000_000L, 0, 100);
    }

    private static boolean in(PortBlocks entry, int port) {
        return entry.firstPorts().stream().anyMatch(first -> port >= first && port < first + entry.blockPorts());
    }
}
