/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.CarNatTest.ip;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.StaticMapping;

class StaticMappingTest {

    private final TestFirewall active = new TestFirewall();
    private final TestFirewall standby = new TestFirewall("forwarding", "false");

    private static Map<String, Object> run(TestFirewall firewall, String verb, String... arguments) {
        return firewall.command("static-mapping", verb, arguments);
    }

    private static void add(TestFirewall firewall) {
        // 256 private addresses on 4 public ones: 64 share one, with 1008 ports each.
        run(firewall, "add", "inside", "10.0.0.0/24", "outside", "203.0.113.4-203.0.113.7", "ports", "1024-65535");
    }

    private static String source(TestFirewall firewall, String client, int port, String server) {
        byte[] packet = Frames.udp(client, port, server, 53, 1);
        Verdict verdict = firewall.inside(packet);
        return verdict.forwarded() ? Frames.source(packet) : verdict.reason().label();
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<StaticMapping> mappings(TestFirewall firewall) {
        return (FirewallTable<StaticMapping>) firewall.firewall.tables().get("static-mapping");
    }

    @Test
    void aMappingIsTakenBeforeTheRangeItIsOfAndOneOfAnUnknownPoolIsNot() {
        TestFirewall other = new TestFirewall("napt_pool", "203.0.113.77", "forwarding", "false");
        add(active);
        source(active, "10.0.0.5", 4000, "198.51.100.9");
        active.copyAllBut(other, "static-mapping");
        assertThat(other.firewall.naptMappings().size()).isEqualTo(1);
        TestFirewall napt = new TestFirewall("napt_pool", TestFirewall.PUBLIC);
        source(napt, "10.0.0.6", 4000, "198.51.100.9");
        NaptMapping unknown = entries(napt.firewall.naptMappings()).get(0);
        Ipv4Session session = entries(napt.firewall.ipv4Sessions()).get(0);
        other.firewall.ipv4Sessions().restore(session);
        assertUnknown(() -> other.firewall.naptMappings().restore(unknown));
        assertThat(other.firewall.ipv4Sessions().size()).as("the session that came first goes").isEqualTo(1);
        assertUnknown(() -> other.firewall.ipv4Sessions().restore(session));
        assertThat(other.firewall.naptMappings().size()).isEqualTo(1);
    }

    private static void assertUnknown(ThrowingCallable restore) {
        assertThatThrownBy(restore).isInstanceOfSatisfying(EntryRefusedException.class,
                refused -> assertThat(refused.reason()).isEqualTo("unknown-pool")).hasMessageContaining(TestFirewall.PUBLIC);
    }

    @Test
    void publicAddressAndPortsFollowFromThePrivateAddress() {
        add(active);
        assertThat(run(active, "inside", "address", "10.0.0.0")).isEqualTo(Map.of("outside", "203.0.113.4", "ports", "1024-2031"));
        assertThat(run(active, "inside", "address", "10.0.0.64")).isEqualTo(Map.of("outside", "203.0.113.5", "ports", "1024-2031"));
        assertThat(run(active, "inside", "address", "10.0.0.255")).isEqualTo(Map.of("outside", "203.0.113.7", "ports", "64528-65535"));
        assertThat(run(active, "outside", "address", "203.0.113.7", "port", "64528")).isEqualTo(Map.of("inside", "10.0.0.255"));
        for (int i = 0; i < 256; i++) {
            String[] source = source(active, "10.0.0." + i, 40_000, SERVER).split(":");
            assertThat(run(active, "outside", "address", source[0], "port", source[1])).isEqualTo(Map.of("inside", "10.0.0." + i));
        }
        assertThat(active.firewall.naptMappings().size()).isEqualTo(256);
    }

    @Test
    void aClientUsesItsOwnPortsOnlyAndEachForSeveralDestinations() {
        run(active, "add", "inside", "10.0.0.0/30", "outside", "203.0.113.4", "ports", "2000-2015");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            seen.add(source(active, "10.0.0.1", 5000 + i, SERVER));
        }
        assertThat(seen).containsExactlyInAnyOrder("203.0.113.4:2004", "203.0.113.4:2005", "203.0.113.4:2006", "203.0.113.4:2007");
        assertThat(source(active, "10.0.0.1", 5004, SERVER)).isEqualTo("napt-exhausted");
        assertThat(source(active, "10.0.0.1", 5004, "198.51.100.77")).startsWith("203.0.113.4:200");
        byte[] answer = Frames.udp(SERVER, 53, "203.0.113.4", 2004, 5);
        assertThat(active.outside(answer).forwarded()).isTrue();
        assertThat(Frames.destination(answer)).startsWith("10.0.0.1:");
        assertThat(Frames.checksumsRight(answer)).isTrue();
    }

    @Test
    void whoHasNoMappingUsesNapt() {
        TestFirewall both = new TestFirewall("napt_pool", "203.0.113.1");
        add(both);
        assertThat(source(both, "10.0.1.1", 5000, SERVER)).startsWith("203.0.113.1:");
        assertThat(source(both, "10.0.0.1", 5000, SERVER)).startsWith("203.0.113.4:");
        run(both, "remove", "inside", "10.0.0.0/24");
        assertThat(source(both, "10.0.0.1", 5001, SERVER)).startsWith("203.0.113.1:");
        assertThat(source(both, "10.0.0.1", 5000, SERVER)).as("a session goes on").startsWith("203.0.113.4:");
    }

    @Test
    void aHostBehindATunnelIsNotMapped() {
        TestFirewall aftr = new TestFirewall(DsLiteTest.SETTINGS);
        add(aftr);
        byte[] seen = DsLiteTest.up(aftr, DsLiteTest.B4, Frames.udp("10.0.0.7", 33_000, SERVER, 53, 3));
        assertThat(Frames.source(seen)).startsWith(DsLiteTest.PUBLIC + ":");
    }

    @Test
    void afterATakeoverAClientHasTheSameAddressAndPorts() {
        add(active);
        String before = source(active, "10.0.0.77", 40_000, SERVER);
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(source(standby, "10.0.0.77", 40_000, SERVER)).isEqualTo(before);
        assertThat(source(standby, "10.0.0.77", 40_001, SERVER)).startsWith("203.0.113.5:");
        assertThat(run(standby, "outside", "address", "203.0.113.5", "port", source(standby, "10.0.0.77", 40_002, SERVER).split(":")[1]))
                .isEqualTo(Map.of("inside", "10.0.0.77"));
    }

    @Test
    void withoutTheTableItsNextSessionIsNotTranslated() {
        add(active);
        active.copyAllBut(standby, "static-mapping");
        standby.takeOverFrom(active);
        assertThat(source(standby, "10.0.0.77", 40_001, SERVER)).isEqualTo("10.0.0.77:40001");
    }

    @Test
    void rangesThatDoNotDivideOrOverlapAreRefused() {
        add(active);
        assertThatThrownBy(() -> run(active, "add", "inside", "10.1.0.0-10.1.0.6", "outside", "203.0.113.16/31"))
                .hasMessageContaining("7 private addresses cannot be divided evenly among 2");
        assertThatThrownBy(() -> run(active, "add", "inside", "10.1.0.0-10.1.0.2", "outside", "203.0.113.16", "ports", "1000-1009"))
                .hasMessageContaining("10 ports cannot be divided");
        assertThatThrownBy(() -> run(active, "add", "inside", "10.0.0.128/25", "outside", "203.0.113.16"))
                .hasMessageContaining("overlaps that of 10.0.0.0-10.0.0.255");
        assertThatThrownBy(() -> run(active, "add", "inside", "10.1.0.0/24", "outside", "203.0.113.7")).hasMessageContaining("overlaps");
        assertThat(run(active, "add", "inside", "10.1.0.0/24", "outside", "203.0.113.7", "ports", "512-1023"))
                .containsEntry("portsEach", 2);
        TestFirewall napt = new TestFirewall("napt_pool", "203.0.113.6");
        assertThatThrownBy(() -> add(napt)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("napt_pool");
        assertThatThrownBy(() -> run(active, "add", "inside", "ten", "outside", "203.0.113.7")).hasMessageContaining("inside");
        assertThatThrownBy(() -> run(active, "add", "inside", "10.9.0.0/24")).hasMessageContaining("outside is missing");
    }

    @Test
    void whatOverlapsIsFoundWhicheverIsLonger() {
        run(active, "add", "inside", "10.0.0.0/22", "outside", "198.18.0.0/22");
        run(active, "add", "inside", "10.1.0.0", "outside", "198.18.8.3");
        assertThatThrownBy(() -> run(active, "add", "inside", "10.2.0.0", "outside", "198.18.3.255")).hasMessageContaining("overlaps");
        assertThatThrownBy(() -> run(active, "add", "inside", "10.2.0.0/21", "outside", "198.18.8.0/21")).hasMessageContaining("10.1.0.0");
        run(active, "add", "inside", "10.2.0.0/22", "outside", "198.18.4.0/22");
        run(active, "remove", "inside", "10.1.0.0");
        run(active, "add", "inside", "10.4.0.0/21", "outside", "198.18.8.0/21");
        assertThat(mappings(active).size()).isEqualTo(3);
    }

    @Test
    void entriesOfThePeerThatDoNotFitAreRefused() {
        add(active);
        active.copyTo(standby);
        assertRefused(mapping("10.2.0.0", "10.2.0.2", "203.0.113.99", 1, 4), "uneven-range");
        assertRefused(mapping("10.2.0.2", "10.2.0.0", "203.0.113.99", 1, 4), "uneven-range");
        assertThat(entries(mappings(standby))).isEqualTo(entries(mappings(active)));
        mappings(standby).restore(mapping("10.0.0.0", "10.0.0.63", "203.0.113.4", 1024, 65535));
        assertThat(mappings(standby).size()).as("the same key is replaced").isEqualTo(1);
        mappings(standby).restore(mapping("10.2.0.0", "10.2.0.0", "203.0.113.4", 5000, 5000));
        assertThat(mappings(standby).size()).as("what is in the way gives way").isEqualTo(1);
    }

    private void assertRefused(StaticMapping mapping, String reason) {
        assertThatThrownBy(() -> mappings(standby).restore(mapping)).isInstanceOfSatisfying(EntryRefusedException.class,
                e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static StaticMapping mapping(String first, String last, String outside, int firstPort, int lastPort) {
        return new StaticMapping(0, ip(first), ip(last), ip(outside), ip(outside), firstPort, lastPort);
    }
}
