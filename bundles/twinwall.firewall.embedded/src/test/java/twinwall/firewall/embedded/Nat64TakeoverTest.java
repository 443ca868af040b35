/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.EmbeddedFirewall.INSIDE;
import static twinwall.firewall.embedded.Frames.ACK;
import static twinwall.firewall.embedded.Frames.SYN;
import static twinwall.firewall.embedded.Nat64Test.H1;
import static twinwall.firewall.embedded.Nat64Test.H2;
import static twinwall.firewall.embedded.Nat64Test.H2_IN_V6;
import static twinwall.firewall.embedded.Nat64Test.OTHER;
import static twinwall.firewall.embedded.Nat64Test.T;
import static twinwall.firewall.embedded.Nat64Test.T_IN_V6;
import static twinwall.firewall.embedded.Nat64Test.down;
import static twinwall.firewall.embedded.Nat64Test.from;
import static twinwall.firewall.embedded.Nat64Test.to;
import static twinwall.firewall.embedded.Nat64Test.up;
import static twinwall.firewall.embedded.TestFirewall.entries;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ip6;
import twinwall.firewall.Nat64Binding;

class Nat64TakeoverTest {

    private final TestFirewall active = new TestFirewall(Nat64Test.SETTINGS);
    private final TestFirewall standby = new TestFirewall(Nat64Test.SETTINGS);
    private int port;

    @BeforeEach
    void aClientWhoseFirstChoiceWasTakenIsConnected() {
        standby.firewall.setForwarding(false);
        up(active, Frames.tcp(OTHER, 1500, H2_IN_V6, 80, SYN, 1, 0, 0));
        port = Frames.read(up(active, Frames.tcp(H1, 1500, H2_IN_V6, 80, SYN, 100, 0, 0))).sourcePort();
        down(active, Frames.tcp(H2, 80, T, port, SYN | ACK, 900, 101, 0));
        up(active, Frames.tcp(H1, 1500, H2_IN_V6, 80, ACK, 101, 901, 0));
        assertThat(port).isNotEqualTo(1500);
    }

    @Test
    void theConnectionGoesOnBothWaysAndTheBindingHolds() {
        active.copyTo(standby);
        standby.takeOverFrom(active);
        from(up(standby, Frames.tcp(H1, 1500, H2_IN_V6, 80, ACK, 101, 901, 10)), T, port);
        to(down(standby, Frames.tcp(H2, 80, T, port, ACK, 901, 111, 10)), H1, 1500);
        from(up(standby, Frames.tcp(H1, 1500, "2001:db8:64::c633:6409", 443, SYN, 5, 0, 0)), T, port);
        to(down(standby, Frames.tcp("198.51.100.77", 9, T, port, SYN, 5, 0, 0)), H1, 1500);
    }

    @Test
    void withoutTheTableTheConnectionIsDroppedAndTheClientGetsAnotherPort() {
        active.copyAllBut(standby, "nat64");
        standby.takeOverFrom(active);
        assertThat(standby.inside(Frames.tcp(H1, 1500, H2_IN_V6, 80, ACK, 101, 901, 10)).reason()).isEqualTo(DropReason.NO_MAPPING);
        assertThat(standby.outside(Frames.tcp("198.51.100.77", 9, T, port, SYN, 5, 0, 0)).reason()).isEqualTo(DropReason.DENIED);

        TestFirewall empty = new TestFirewall(Nat64Test.SETTINGS);
        from(up(empty, Frames.tcp(H1, 1500, "2001:db8:64::c633:6409", 443, SYN, 5, 0, 0)), T, 1500);
    }

    @Test
    void sessionsThatBeganInIpv4AndThoseBetweenTwoClientsGoOnToo() {
        up(active, Frames.udp(H1, 4000, H2_IN_V6, 53, 1));
        up(active, Frames.udp(OTHER, 4002, H2_IN_V6, 53, 1));
        down(active, Frames.udp("198.51.100.9", 7, T, 4000, 1));
        active.send(INSIDE, Frames.udp(H1, 4000, T_IN_V6, 4002, 1));
        active.copyTo(standby);
        standby.takeOverFrom(active);
        byte[] back = up(standby, Frames.udp(H1, 4000, "2001:db8:64::c633:6409", 7, 1));
        from(back, T, 4000);
        to(back, "198.51.100.9", 7);
        TestFirewall.Passage other = standby.send(INSIDE, Frames.udp(OTHER, 4002, T_IN_V6, 4000, 1));
        assertThat(other.verdict().reason()).isNull();
        to(other.frame().bytes, H1, 4000);
        assertThat(entries(standby.firewall.ipv4Sessions())).hasSameSizeAs(entries(active.firewall.ipv4Sessions()));
    }

    @Test
    void restoringTwiceChangesNothing() {
        active.copyTo(standby);
        active.copyTo(standby);
        assertThat(entries(table(standby))).containsExactlyInAnyOrderElementsOf(entries(table(active)));
        assertThat(standby.firewall.ipv6Sessions().size()).isEqualTo(active.firewall.ipv6Sessions().size());
    }

    @Test
    void bindingsOfAnotherConfigurationAreRefused() {
        Nat64Binding foreign = new Nat64Binding(0, 17, new Ip6(1, 2), 5, new Ip4(0x01020304), 6, 60);
        assertThatThrownBy(() -> table(standby).restore(foreign)).isInstanceOf(EntryRefusedException.class)
                .hasMessageContaining("1.2.3.4").hasMessageContaining("nat64_pool")
                .extracting(e -> ((EntryRefusedException) e).reason()).isEqualTo("outside-pool");
        Nat64Binding protocol = new Nat64Binding(0, 132, new Ip6(1, 2), 5, new Ip4(0xcb007101), 6, 60);
        assertThatThrownBy(() -> table(standby).restore(protocol)).isInstanceOf(EntryRefusedException.class);
        TestFirewall without = new TestFirewall();
        assertThatThrownBy(() -> table(without).restore(entries(table(active)).get(0))).isInstanceOf(EntryRefusedException.class)
                .extracting(e -> ((EntryRefusedException) e).reason()).isEqualTo("nat64-not-configured");
        assertThatThrownBy(() -> without.firewall.ipv6Sessions().restore(entries(active.firewall.ipv6Sessions()).get(0)))
                .isInstanceOf(EntryRefusedException.class).hasMessageContaining("nat64_pool");
        assertThat(without.firewall.ipv6Sessions().size()).isZero();
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<Nat64Binding> table(TestFirewall of) {
        return (FirewallTable<Nat64Binding>) of.firewall.tables().get("nat64");
    }
}
