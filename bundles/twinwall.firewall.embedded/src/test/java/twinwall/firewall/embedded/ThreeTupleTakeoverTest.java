/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.PUBLIC;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;
import static twinwall.firewall.embedded.ThreeTupleTest.table;

import org.junit.jupiter.api.Test;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.Ip4;
import twinwall.firewall.ThreeTupleBinding;

class ThreeTupleTakeoverTest {

    private static final String STRANGER = "192.0.2.77";

    private final TestFirewall active = new TestFirewall("threetuple_pool", PUBLIC);
    private final TestFirewall standby = new TestFirewall("threetuple_pool", PUBLIC, "forwarding", "false");

    private static String send(TestFirewall by, String client, int port, String server) {
        byte[] packet = Frames.udp(client, port, server, 53, 1);
        assertThat(by.inside(packet).reason()).isNull();
        return Frames.source(packet);
    }

    @Test
    void afterATakeoverTheBindingHoldsAndAnyOutsideHostStillGetsIn() {
        send(active, "10.0.0.6", 5000, SERVER);
        String seen = send(active, CLIENT, 5000, SERVER);
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(send(standby, CLIENT, 5000, "192.0.2.1")).isEqualTo(seen);
        byte[] in = Frames.udp(STRANGER, 9, PUBLIC, Integer.parseInt(seen.split(":")[1]), 1);
        assertThat(standby.outside(in).forwarded()).isTrue();
        assertThat(Frames.destination(in)).isEqualTo(CLIENT + ":5000");
    }

    @Test
    void withoutTheTableOutsideHostsAndTheClientsSessionsAreRefused() {
        send(active, "10.0.0.6", 5000, SERVER);
        String seen = send(active, CLIENT, 5000, SERVER);
        active.copyAllBut(standby, "nat-3-tuple");
        standby.takeOverFrom(active);
        assertThat(standby.inside(Frames.udp(CLIENT, 5000, SERVER, 53, 1)).reason()).isEqualTo(DropReason.NO_MAPPING);
        byte[] in = Frames.udp(STRANGER, 9, PUBLIC, Integer.parseInt(seen.split(":")[1]), 1);
        assertThat(standby.outside(in).reason()).isEqualTo(DropReason.DENIED);
    }

    @Test
    void aHostInsideThatNothingTranslatesReachesABindingAndGoesOnAfterATakeover() {
        String[] settings = {"threetuple_pool", PUBLIC, "threetuple_sources", "10.0.0.0/24"};
        TestFirewall first = new TestFirewall(settings);
        TestFirewall second = new TestFirewall(settings);
        second.firewall.setForwarding(false);
        send(first, CLIENT, 5000, SERVER);
        byte[] hairpin = Frames.udp("10.9.0.1", 5000, PUBLIC, 5000, 1);
        assertThat(first.inside(hairpin)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.destination(hairpin)).isEqualTo(CLIENT + ":5000");
        assertThat(Frames.source(hairpin)).as("answers come back through the firewall").startsWith(PUBLIC + ":")
                .isNotEqualTo(PUBLIC + ":5000");
        assertThat(Frames.checksumsRight(hairpin)).isTrue();
        int port = Integer.parseInt(Frames.source(hairpin).split(":")[1]);
        first.copyTo(second);
        second.takeOverFrom(first);
        byte[] answer = Frames.udp(CLIENT, 5000, PUBLIC, port, 1);
        assertThat(second.inside(answer)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.source(answer)).isEqualTo(PUBLIC + ":5000");
        assertThat(Frames.destination(answer)).isEqualTo("10.9.0.1:5000");
        assertThat(send(second, "10.0.0.7", port, SERVER)).as("the port is taken").isNotEqualTo(PUBLIC + ":" + port);
    }

    @Test
    void anIdleBindingSurvivesTooAndItsTimeBeginsAnew() {
        send(active, CLIENT, 5000, SERVER);
        active.pass(200);
        active.copyTo(standby);
        assertThat(standby.firewall.ipv4Sessions().size()).isZero();
        standby.pass(10_000);
        standby.takeOverFrom(active);
        standby.pass(119);
        assertThat(standby.outside(Frames.udp(STRANGER, 9, PUBLIC, 5000, 1)).forwarded()).isTrue();
    }

    @Test
    void sessionsOfThePeerKeepThePortTakenWhileTheirBindingIsMissing() {
        send(active, "10.0.0.6", 5000, SERVER);
        active.copyAllBut(standby, "nat-3-tuple");
        standby.takeOverFrom(active);
        assertThat(send(standby, CLIENT, 5000, "192.0.2.1")).isNotEqualTo(PUBLIC + ":5000");
        table(standby).restore(entries(table(active)).get(0));
        assertThat(standby.firewall.ipv4Sessions().size()).as("nothing stood in the way").isEqualTo(2);
        assertThat(send(standby, "10.0.0.6", 5000, "192.0.2.2")).isEqualTo(PUBLIC + ":5000");
    }

    @Test
    void onAStandbyABindingThatContradictsThePeersGoesWithItsSessions() {
        TestFirewall other = new TestFirewall("threetuple_pool", PUBLIC);
        send(active, "10.0.0.6", 5000, SERVER);
        send(other, CLIENT, 5000, "192.0.2.1");
        assertThat(other.firewall.ipv4Sessions().size()).isEqualTo(1);
        other.firewall.setForwarding(false);
        table(other).restore(entries(table(active)).get(0));
        assertThat(entries(table(other))).singleElement().extracting(ThreeTupleBinding::inside).isEqualTo(new Ip4(0x0a000006));
        assertThat(other.firewall.ipv4Sessions().size()).isZero();
    }

    @Test
    void onAStandbyASessionOfThePeerThatContradictsABindingReplacesIt() {
        TestFirewall other = new TestFirewall("threetuple_pool", PUBLIC);
        send(active, "10.0.0.6", 5000, SERVER);
        send(other, CLIENT, 5000, "192.0.2.1");
        other.firewall.setForwarding(false);
        other.firewall.ipv4Sessions().restore(entries(active.firewall.ipv4Sessions()).get(0));
        assertThat(table(other).size()).isZero();
        assertThat(entries(other.firewall.ipv4Sessions())).hasSize(1);
    }

    @Test
    void aBindingFromAPoolThatThisFirewallDoesNotHaveIsRefused() {
        ThreeTupleBinding foreign = new ThreeTupleBinding(0, 17, new Ip4(0x0a000001), 5, new Ip4(0x01020304), 6, 0, 300);
        assertThatThrownBy(() -> table(standby).restore(foreign)).isInstanceOf(EntryRefusedException.class)
                .hasMessageContaining("1.2.3.4").hasMessageContaining("threetuple_pool");
        assertThat(table(standby).size()).isZero();
    }
}
