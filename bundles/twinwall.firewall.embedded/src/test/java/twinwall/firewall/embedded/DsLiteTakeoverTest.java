/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.DsLiteTest.B4;
import static twinwall.firewall.embedded.DsLiteTest.HOST;
import static twinwall.firewall.embedded.DsLiteTest.OTHER_B4;
import static twinwall.firewall.embedded.DsLiteTest.PUBLIC;
import static twinwall.firewall.embedded.DsLiteTest.down;
import static twinwall.firewall.embedded.DsLiteTest.opened;
import static twinwall.firewall.embedded.DsLiteTest.tunnelled;
import static twinwall.firewall.embedded.DsLiteTest.up;
import static twinwall.firewall.embedded.EmbeddedFirewall.INSIDE;
import static twinwall.firewall.embedded.Frames.ACK;
import static twinwall.firewall.embedded.Frames.SYN;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import twinwall.firewall.DsLiteBinding;
import twinwall.firewall.DsLiteServer;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ip6;

class DsLiteTakeoverTest {

    private final TestFirewall active = new TestFirewall(DsLiteTest.SETTINGS);
    private final TestFirewall standby = new TestFirewall(DsLiteTest.SETTINGS);
    private int port;

    @BeforeEach
    void aClientIsConnectedAndAServerIsUsed() {
        standby.firewall.setForwarding(false);
        up(active, OTHER_B4, Frames.tcp(HOST, 4000, SERVER, 80, SYN, 1, 0, 0));
        port = Frames.read(up(active, B4, Frames.tcp(HOST, 4000, SERVER, 80, SYN, 100, 0, 0))).sourcePort();
        down(active, Frames.tcp(SERVER, 80, PUBLIC, port, SYN | ACK, 900, 101, 0), B4);
        up(active, B4, Frames.tcp(HOST, 4000, SERVER, 80, ACK, 101, 901, 0));
        active.firewall.commands().stream().filter(one -> one.name().equals("ds-lite-server")).findAny().orElseThrow().run("add",
                Map.of("b4", B4, "protocol", "tcp", "inside", HOST, "inside_port", "80", "outside", PUBLIC, "outside_port", "8080"));
        down(active, Frames.tcp("198.51.100.7", 3333, PUBLIC, 8080, SYN, 5, 0, 0), B4);
        up(active, B4, Frames.tcp(HOST, 80, "198.51.100.7", 3333, SYN | ACK, 50, 6, 0));
        down(active, Frames.tcp("198.51.100.7", 3333, PUBLIC, 8080, ACK, 6, 51, 0), B4);
        assertThat(port).isNotEqualTo(4000);
    }

    @Test
    void theClientsConnectionGoesOnAndItsBindingHolds() {
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(Frames.source(up(standby, B4, Frames.tcp(HOST, 4000, SERVER, 80, ACK, 101, 901, 10)))).isEqualTo(PUBLIC + ":" + port);
        assertThat(Frames.destination(down(standby, Frames.tcp(SERVER, 80, PUBLIC, port, ACK, 901, 111, 10), B4)))
                .isEqualTo(HOST + ":4000");
        assertThat(Frames.source(up(standby, B4, Frames.tcp(HOST, 4000, "198.51.100.77", 443, SYN, 5, 0, 0))))
                .isEqualTo(PUBLIC + ":" + port);
    }

    @Test
    void withoutTheBindingsTheConnectionIsDropped() {
        active.copyAllBut(standby, "ds-lite");
        standby.takeOverFrom(active);
        assertThat(standby.inside(tunnelled(B4, Frames.tcp(HOST, 4000, SERVER, 80, ACK, 101, 901, 10))).reason())
                .isEqualTo(DropReason.NO_MAPPING);
        assertThat(standby.outside(Frames.tcp(SERVER, 80, PUBLIC, port, ACK, 901, 111, 10)).reason()).isEqualTo(DropReason.NO_MAPPING);
    }

    @Test
    void theServerIsReachedByOldConnectionsAndNewOnes() {
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(Frames.source(up(standby, B4, Frames.tcp(HOST, 80, "198.51.100.7", 3333, ACK, 51, 6, 10)))).isEqualTo(PUBLIC + ":8080");
        byte[] in = down(standby, Frames.tcp("198.51.100.8", 4444, PUBLIC, 8080, SYN, 5, 0, 0), B4);
        assertThat(Frames.destination(in)).isEqualTo(HOST + ":80");
        assertThat(Frames.source(up(standby, B4, Frames.tcp(HOST, 80, "198.51.100.8", 4444, SYN | ACK, 50, 6, 0))))
                .isEqualTo(PUBLIC + ":8080");
    }

    @Test
    void withoutTheServersNobodyReachesOne() {
        active.copyAllBut(standby, "ds-lite-server");
        standby.takeOverFrom(active);
        assertThat(standby.outside(Frames.tcp("198.51.100.8", 4444, PUBLIC, 8080, SYN, 5, 0, 0)).reason()).isEqualTo(DropReason.DENIED);
        assertThat(standby.inside(tunnelled(B4, Frames.tcp(HOST, 80, "198.51.100.7", 3333, ACK, 51, 6, 10))).reason())
                .isEqualTo(DropReason.NO_MAPPING);
    }

    @Test
    void theOrderInWhichTablesComeDoesNotMatter() {
        entries(active.firewall.ipv4Sessions()).forEach(standby.firewall.ipv4Sessions()::restore);
        entries(servers(active)).forEach(servers(standby)::restore);
        entries(bindings(active)).forEach(bindings(standby)::restore);
        assertThat(standby.firewall.ipv4Sessions().size()).isEqualTo(active.firewall.ipv4Sessions().size());
        theServerIsReachedByOldConnectionsAndNewOnes();
        theClientsConnectionGoesOnAndItsBindingHolds();
    }

    private static TestFirewall natting() {
        TestFirewall firewall = new TestFirewall("napt_pool", "203.0.113.1", "dslite_aftr", DsLiteTest.AFTR, "dslite_pool", PUBLIC,
                "dslite_ports", "8000-8100");
        for (int i = 0; i < 2; i++) {
            firewall.command("ds-lite-server", "add", "b4", i == 0 ? B4 : OTHER_B4, "protocol", "tcp", "inside", HOST, "inside_port", "80",
                    "outside", PUBLIC, "outside_port", "" + (8080 + i));
        }
        return firewall;
    }

    private static String toServer(TestFirewall by, String client, int port, int flags) {
        byte[] out = by.send(INSIDE, Frames.tcp(client, 7000, PUBLIC, port, flags, 5, 0, 0)).frame().bytes;
        return Frames.read(out).protocol == 4 ? Frames.source(opened(out, port == 8080 ? B4 : OTHER_B4)) : "dropped";
    }

    @Test
    void aMappingThatComesAfterItsSessionToAServerBehindATunnelLeavesItThere() {
        TestFirewall from = natting();
        TestFirewall to = natting();
        to.firewall.setForwarding(false);
        String seen = toServer(from, "192.168.7.7", 8080, SYN);
        assertThat(seen).startsWith("203.0.113.1:");
        from.copyAllBut(to, "napt");
        from.copyAllBut(to, "ipv4-session");
        assertThat(to.firewall.ipv4Sessions().size()).isEqualTo(1);
        to.takeOverFrom(from);
        assertThat(toServer(to, "192.168.7.7", 8080, SYN)).isEqualTo(seen);
    }

    @Test
    void aPortIsFreeTowardsTwoServersWithOnePrivateAddress() {
        TestFirewall from = natting();
        assertThat(toServer(from, "192.168.7.7", 8080, SYN)).isEqualTo("203.0.113.1:7000");
        assertThat(toServer(from, "192.168.7.8", 8081, SYN)).as("behind another tunnel").isEqualTo("203.0.113.1:7000");
        assertThat(toServer(from, "192.168.7.9", 8080, SYN)).startsWith("203.0.113.1:").isNotEqualTo("203.0.113.1:7000");
    }

    @Test
    void aSessionBetweenTwoHomesGoesOn() {
        active.send(INSIDE, tunnelled(OTHER_B4, Frames.tcp(HOST, 5000, PUBLIC, 8080, SYN, 5, 0, 0)));
        active.send(INSIDE, tunnelled(B4, Frames.tcp(HOST, 80, PUBLIC, 5000, SYN | ACK, 50, 6, 0)));
        active.copyTo(standby);
        standby.takeOverFrom(active);
        byte[] there = standby.send(INSIDE, tunnelled(OTHER_B4, Frames.tcp(HOST, 5000, PUBLIC, 8080, ACK, 6, 51, 0))).frame().bytes;
        assertThat(Frames.destination(opened(there, B4))).isEqualTo(HOST + ":80");
        byte[] back = standby.send(INSIDE, tunnelled(B4, Frames.tcp(HOST, 80, PUBLIC, 5000, ACK, 51, 6, 9))).frame().bytes;
        assertThat(Frames.destination(opened(back, OTHER_B4))).isEqualTo(HOST + ":5000");
    }

    @Test
    void entriesOfAnotherConfigurationAreRefused() {
        DsLiteBinding foreign = new DsLiteBinding(0, new Ip6(1, 2), 17, new Ip4(0x0a000001), 5, new Ip4(0x01020304), 6, 60);
        assertThatThrownBy(() -> bindings(standby).restore(foreign)).isInstanceOf(EntryRefusedException.class)
                .hasMessageContaining("1.2.3.4").hasMessageContaining("dslite_pool");
        DsLiteServer server = new DsLiteServer(0, new Ip6(1, 2), 6, new Ip4(0x0a000001), 5, new Ip4(0x01020304), 6);
        assertThatThrownBy(() -> servers(standby).restore(server)).isInstanceOf(EntryRefusedException.class);
        TestFirewall without = new TestFirewall();
        assertThatThrownBy(() -> servers(without).restore(entries(servers(active)).get(0))).isInstanceOf(EntryRefusedException.class)
                .hasMessageContaining("dslite_aftr");
        assertThatThrownBy(() -> active.copyTo(without)).isInstanceOf(EntryRefusedException.class);
        assertThatThrownBy(() -> without.firewall.ipv4Sessions().restore(entries(active.firewall.ipv4Sessions()).get(0)))
                .isInstanceOf(EntryRefusedException.class).extracting(e -> ((EntryRefusedException) e).reason())
                .isEqualTo("ds-lite-not-configured");
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<DsLiteBinding> bindings(TestFirewall of) {
        return (FirewallTable<DsLiteBinding>) of.firewall.tables().get("ds-lite");
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<DsLiteServer> servers(TestFirewall of) {
        return (FirewallTable<DsLiteServer>) of.firewall.tables().get("ds-lite-server");
    }
}
