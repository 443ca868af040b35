/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.Frames.ACK;
import static twinwall.firewall.embedded.Frames.SYN;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.SlbBinding;
import twinwall.firewall.embedded.TestFirewall.Passage;

class L4BalancingTest {

    private static final String[] SETTINGS = {"rules", "allow outside->inside tcp 203.0.113.80/32 port 80; "
            + "allow outside->inside udp 203.0.113.80/32; allow inside->outside", "slb_servers",
        "web tcp 203.0.113.80:80 -> 10.0.0.10:8080, 10.0.0.11:8081; "
            + "dns udp 203.0.113.80:53 -> 10.0.0.20:53, 10.0.0.21:53", "slb_sticky_s", "100", "max_slb_bindings", "3"};
    private static final String VIP = "203.0.113.80";
    private static final String ANN = "198.51.100.1";
    private static final String BEN = "198.51.100.2";
    private static final String EVE = "198.51.100.3";
    private static final String FIRST = "10.0.0.10:8080";
    private static final String SECOND = "10.0.0.11:8081";

    private final TestFirewall firewall = new TestFirewall(SETTINGS);
    private final Set<String> dead = new HashSet<>();

    L4BalancingTest() {
        firewall.firewall.health(server -> !dead.contains(server.toString()));
        firewall.pass(0);
    }

    private static TestFirewall standby() {
        String[] settings = Arrays.copyOf(SETTINGS, SETTINGS.length + 2);
        settings[SETTINGS.length] = "forwarding";
        settings[SETTINGS.length + 1] = "false";
        return new TestFirewall(settings);
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<SlbBinding> table(TestFirewall of) {
        return (FirewallTable<SlbBinding>) of.firewall.tables().get("l4-slb");
    }

    /** Where a client's SYN goes. */
    private static String syn(TestFirewall on, String client, int port) {
        Passage passage = on.send(EmbeddedFirewall.OUTSIDE, Frames.tcp(client, port, VIP, 80, SYN, 100, 0, 0));
        assertThat(passage.verdict().forwarded()).as(passage.verdict().toString()).isTrue();
        assertThat(Frames.checksumsRight(passage.frame().bytes)).isTrue();
        return Frames.destination(passage.frame().bytes);
    }

    private static void establish(TestFirewall on, String client, int port, String real) {
        String[] end = real.split(":");
        int realPort = Integer.parseInt(end[1]);
        Passage answer = on.send(EmbeddedFirewall.INSIDE, Frames.tcp(end[0], realPort, client, port, SYN | ACK, 900, 101, 0));
        assertThat(answer.verdict().egress()).isEqualTo(EmbeddedFirewall.OUTSIDE);
        assertThat(Frames.source(answer.frame().bytes)).isEqualTo(VIP + ":80");
        assertThat(Frames.checksumsRight(answer.frame().bytes)).isTrue();
        assertThat(data(on, client, port)).isEqualTo(real);
    }

    private static String data(TestFirewall on, String client, int port) {
        Passage passage = on.send(EmbeddedFirewall.OUTSIDE, Frames.tcp(client, port, VIP, 80, ACK, 101, 901, 0));
        return passage.verdict().forwarded() ? Frames.destination(passage.frame().bytes) : passage.verdict().reason().label();
    }

    @Test
    void clientsTakeTurnsAndEachKeepsItsServer() {
        assertThat(syn(firewall, ANN, 1)).isEqualTo(FIRST);
        assertThat(syn(firewall, BEN, 1)).isEqualTo(SECOND);
        for (int port = 2; port < 9; port++) {
            assertThat(syn(firewall, ANN, port)).isEqualTo(FIRST);
            assertThat(syn(firewall, BEN, port)).isEqualTo(SECOND);
        }
        establish(firewall, ANN, 1, FIRST);
        assertThat(entries(table(firewall))).extracting(SlbBinding::group).containsExactly("web", "web");
    }

    @Test
    void rulesAreAskedAboutThePacketAsItComesIn() {
        TestFirewall closed = new TestFirewall("slb_servers", SETTINGS[3], "rules", "allow outside->inside tcp 10.0.0.0/24 port 8080");
        assertThat(closed.outside(Frames.tcp(ANN, 1, VIP, 80, SYN, 1, 0, 0)).reason()).isEqualTo(DropReason.DENIED);
        assertThat(table(closed).size()).as("who may not come in is given nobody").isZero();
    }

    @Test
    void datagramsAreBalancedBothWays() {
        Passage query = firewall.send(EmbeddedFirewall.OUTSIDE, Frames.udp(ANN, 5353, VIP, 53, 30));
        assertThat(Frames.destination(query.frame().bytes)).isEqualTo("10.0.0.20:53");
        assertThat(Frames.checksumsRight(query.frame().bytes)).isTrue();
        Passage answer = firewall.send(EmbeddedFirewall.INSIDE, Frames.udp("10.0.0.20", 53, ANN, 5353, 50));
        assertThat(Frames.source(answer.frame().bytes)).isEqualTo(VIP + ":53");
        assertThat(Frames.checksumsRight(answer.frame().bytes)).isTrue();
    }

    @Test
    void anErrorOfARealServerComesFromTheVirtualOne() {
        Passage query = firewall.send(EmbeddedFirewall.OUTSIDE, Frames.udp(ANN, 5353, VIP, 53, 30));
        byte[] error = Frames.error("10.0.0.20", ANN, 3, query.frame().bytes, 48);
        Passage told = firewall.send(EmbeddedFirewall.INSIDE, error);
        assertThat(told.verdict().egress()).isEqualTo(EmbeddedFirewall.OUTSIDE);
        byte[] out = told.frame().bytes;
        assertThat(Frames.source(out)).startsWith(VIP + ":");
        assertThat(Frames.checksumsRight(out)).isTrue();
        byte[] quoted = new byte[out.length - 28];
        System.arraycopy(out, 42, quoted, 14, quoted.length - 14);
        assertThat(quoted[14 + 16] & 255).as("quoted destination").isEqualTo(203);
        assertThat(quoted[14 + 19] & 255).isEqualTo(80);
    }

    @Test
    void anUnhealthyServerGetsNobodyNewAndItsClientsMove() {
        assertThat(syn(firewall, ANN, 1)).isEqualTo(FIRST);
        establish(firewall, ANN, 1, FIRST);
        dead.add(FIRST);
        assertThat(syn(firewall, ANN, 2)).isEqualTo(SECOND);
        assertThat(data(firewall, ANN, 1)).as("a session that is there stays").isEqualTo(FIRST);
        assertThat(entries(table(firewall))).extracting(SlbBinding::realPort).containsExactly(8081);
        dead.clear();
        assertThat(syn(firewall, ANN, 3)).as("it has moved").isEqualTo(SECOND);
        dead.addAll(List.of(FIRST, SECOND));
        assertThat(firewall.outside(Frames.tcp(BEN, 1, VIP, 80, SYN, 1, 0, 0)).reason()).isEqualTo(DropReason.NO_REAL_SERVER);
    }

    @Test
    void aClientKeepsItsServerForTheStickyTimeAfterItsLastSession() {
        TestFirewall quick = new TestFirewall("rules", "allow any->any", "slb_servers", SETTINGS[3], "slb_sticky_s", "100",
                "tcp_established_timeout_s", "300");
        assertThat(syn(quick, ANN, 1)).isEqualTo(FIRST);
        establish(quick, ANN, 1, FIRST);
        quick.pass(299);
        assertThat(table(quick).size()).as("as long as it has a session").isEqualTo(1);
        quick.pass(1.2);
        assertThat(quick.firewall.ipv4Sessions().size()).isZero();
        quick.pass(98);
        assertThat(entries(table(quick)).get(0).remainingSeconds()).isBetween(1, 3);
        quick.pass(3);
        quick.pass(1);
        assertThat(table(quick).size()).isZero();
        assertThat(syn(quick, ANN, 9)).as("its turn").isEqualTo(SECOND);
    }

    @Test
    void aFullTableServesWithoutRemembering() {
        for (int i = 1; i <= 20; i++) {
            syn(firewall, "192.0.2." + i, 7);
        }
        assertThat(table(firewall).size()).isEqualTo(3);
    }

    @Test
    void afterATakeoverASessionAndItsClientKeepTheirServer() {
        TestFirewall standby = standby();
        takeOver(standby);
        assertThat(data(standby, BEN, 1)).isEqualTo(SECOND);
        assertThat(syn(standby, BEN, 2)).isEqualTo(SECOND);
        assertThat(syn(standby, EVE, 1)).as("nobody's turn is lost").isEqualTo(FIRST);
    }

    @Test
    void afterATakeoverWithoutTheTableTheClientGoesElsewhere() {
        TestFirewall standby = standby();
        takeOver(standby, "l4-slb");
        assertThat(data(standby, BEN, 1)).as("the session itself says where it goes").isEqualTo(SECOND);
        assertThat(syn(standby, BEN, 2)).isEqualTo(FIRST);
    }

    @Test
    void afterATakeoverWithoutSessionsTheSessionIsDroppedAndTheClientComesBackToItsServer() {
        TestFirewall standby = standby();
        takeOver(standby, "ipv4-session");
        assertThat(data(standby, BEN, 1)).isEqualTo("no-session");
        assertThat(syn(standby, BEN, 1)).isEqualTo(SECOND);
    }

    private void takeOver(TestFirewall standby, String... without) {
        assertThat(syn(firewall, ANN, 1)).isEqualTo(FIRST);
        assertThat(syn(firewall, BEN, 1)).isEqualTo(SECOND);
        establish(firewall, BEN, 1, SECOND);
        firewall.copyAllBut(standby, without);
        standby.takeOverFrom(firewall);
    }

    @Test
    void aStandbyLetsNoTimePassAndCountsThePeersSessions() {
        TestFirewall standby = standby();
        takeOver(standby);
        standby.firewall.setForwarding(false);
        standby.pass(100_000);
        assertThat(table(standby).size()).isEqualTo(2);
        standby.firewall.setForwarding(true);
        for (double seconds : new double[] {0, 40, 101, 1}) {
            standby.pass(seconds);
        }
        assertThat(entries(table(standby))).as("the one with an established session").hasSize(1);
    }

    @Test
    void bindingsThatContradictTheConfigurationAreRefused() {
        SlbBinding good = binding(6, 0xcb007150, 0x0a00000a);
        table(firewall).restore(good);
        refused(binding(6, 0xcb007151, 0x0a00000a), "unknown-virtual-server");
        refused(binding(17, 0xcb007150, 0x0a00000a), "unknown-virtual-server");
        refused(binding(6, 0xcb007150, 0x0a00000c), "unknown-real-server");
        assertThat(entries(table(firewall))).containsExactly(good);
    }

    private static SlbBinding binding(int protocol, int virtual, int real) {
        return new SlbBinding(0, protocol, new Ip4(virtual), 80, new Ip4(1), new Ip4(real), 8080, "web", 1, 100);
    }

    private void refused(SlbBinding binding, String reason) {
        assertThatThrownBy(() -> table(firewall).restore(binding)).isInstanceOfSatisfying(EntryRefusedException.class, refusal ->
                assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void aClientInsideComesFromTheVirtualAddressSoThatAnswersComeBackAlsoAfterATakeover() {
        String[] settings = {"rules", "allow inside->inside", "slb_servers", SETTINGS[3]};
        TestFirewall active = new TestFirewall(settings);
        TestFirewall standby = new TestFirewall(settings);
        standby.firewall.setForwarding(false);
        byte[] query = Frames.udp("10.0.0.5", 4000, VIP, 53, 3);
        assertThat(active.inside(query)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.source(query)).isEqualTo(VIP + ":4000");
        active.copyTo(standby);
        standby.takeOverFrom(active);
        for (TestFirewall each : new TestFirewall[] {active, standby}) {
            byte[] answer = Frames.udp(Frames.destination(query).split(":")[0], 53, VIP, 4000, 3);
            assertThat(each.inside(answer)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
            assertThat(Frames.source(answer)).isEqualTo(VIP + ":53");
            assertThat(Frames.destination(answer)).isEqualTo("10.0.0.5:4000");
        }
    }

    @Test
    void aVirtualServerInAPoolIsRefusedByBothNames() {
        assertThatThrownBy(() -> new TestFirewall("napt_pool", "203.0.113.64/27", "slb_servers", SETTINGS[3]))
                .hasMessageContaining("slb_servers=").hasMessageContaining("203.0.113.80, which napt_pool has");
        TestFirewall pooled = new TestFirewall("napt_pool", "203.0.113.64/28", "slb_servers", SETTINGS[3]);
        Map<String, String> taken = Map.of("server", "x", "protocol", "tcp", "address", "203.0.113.65", "port", "1");
        assertThatThrownBy(() -> run(pooled, "add-server", taken))
                .hasMessage("a virtual server cannot have 203.0.113.65, which napt_pool has");
        run(pooled, "add-server", Map.of("server", "x", "protocol", "tcp", "address", VIP, "port", "443"));
    }

    @Test
    void serversComeAndGoByCommand() {
        run("add-server", Map.of("server", "app", "protocol", "tcp", "address", "203.0.113.81", "port", "80"));
        run("add-real", Map.of("server", "app", "address", "10.0.0.30", "port", "80", "weight", "2"));
        run("remove", Map.of("server", "web", "address", "10.0.0.10", "port", "8080"));
        assertThat(syn(firewall, ANN, 1)).isEqualTo(SECOND);
        establish(firewall, ANN, 1, SECOND);
        Map<String, Object> listed = run("list", Map.of());
        assertThat((List<?>) listed.get("servers")).hasSize(3);
        assertThat(listed.get("entries").toString()).contains("10.0.0.11:8081");
        run("remove", Map.of("server", "web"));
        assertThat(table(firewall).size()).isZero();
        assertThat(data(firewall, ANN, 1)).as("sessions go on").isEqualTo(SECOND);
        assertThatThrownBy(() -> run("remove", Map.of("server", "web"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no virtual server 'web'");
        assertThatThrownBy(() -> run("add-real", Map.of("server", "app", "address", "2001:db8::1", "port", "80")))
                .hasMessageContaining("address must be an IPv4 address");
    }

    private Map<String, Object> run(String verb, Map<String, String> arguments) {
        return run(firewall, verb, arguments);
    }

    private static Map<String, Object> run(TestFirewall on, String verb, Map<String, String> arguments) {
        return on.firewall.commands().stream().filter(command -> command.name().equals("slb")).findFirst().orElseThrow()
                .run(verb, arguments);
    }

    @Test
    void aClientInsideComesBackThroughTheFirewallWhenItsSourceIsTranslated() {
        TestFirewall hairpin = new TestFirewall("slb_servers", SETTINGS[3], "rules", "allow inside->inside", "napt_pool", "203.0.113.1");
        Passage syn = hairpin.send(EmbeddedFirewall.INSIDE, Frames.tcp("10.0.0.5", 4000, VIP, 80, SYN, 1, 0, 0));
        assertThat(syn.verdict().egress()).isEqualTo(EmbeddedFirewall.INSIDE);
        assertThat(Frames.source(syn.frame().bytes)).isEqualTo("203.0.113.1:4000");
        assertThat(Frames.destination(syn.frame().bytes)).isEqualTo(FIRST);
        Passage answer = hairpin.send(EmbeddedFirewall.INSIDE, Frames.tcp("10.0.0.10", 8080, "203.0.113.1", 4000, SYN | ACK, 9, 2, 0));
        assertThat(Frames.source(answer.frame().bytes)).isEqualTo(VIP + ":80");
        assertThat(Frames.destination(answer.frame().bytes)).isEqualTo("10.0.0.5:4000");
    }
}
