/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.PcpTest.table;
import static twinwall.firewall.embedded.TestFirewall.PUBLIC;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.Ip4;
import twinwall.firewall.PcpMapping;
import twinwall.firewall.PcpNonce;
import twinwall.firewall.embedded.PcpClient.Answer;

class PcpTakeoverTest {

    private static final int UDP = 17;
    private static final String REMOTE = "192.0.2.77";

    private final TestFirewall active = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", PUBLIC);
    private final TestFirewall standby = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", PUBLIC, "forwarding", "false");
    private final PcpClient host = new PcpClient("10.0.0.5", 1);
    private final PcpClient thief = new PcpClient("10.0.0.5", 9);

    private byte[] map(PcpClient by, int suggested) {
        return by.map(UDP, 5000, suggested, "0.0.0.0", 600);
    }

    @Test
    void afterATakeoverTheOwnerRenewsItsPortAndAnotherNonceIsRefused() {
        Answer first = host.ask(active, map(host, 7000));
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(thief.ask(standby, map(thief, 7001)).result()).isEqualTo(2);
        Answer renewed = host.ask(standby, map(host, 0));
        assertThat(renewed.result()).isZero();
        assertThat(renewed.outside()).isEqualTo(first.outside());
        byte[] in = Frames.udp(REMOTE, 9, PUBLIC, 7000, 3);
        assertThat(standby.outside(in).forwarded()).isTrue();
        assertThat(Frames.destination(in)).isEqualTo("10.0.0.5:5000");
    }

    @Test
    void withoutTheTableNobodyGetsInAndAnyNonceIsTaken() {
        host.ask(active, map(host, 7000));
        active.copyAllBut(standby, "pcp");
        standby.takeOverFrom(active);
        assertThat(standby.outside(Frames.udp(REMOTE, 9, PUBLIC, 7000, 3)).reason()).isEqualTo(DropReason.DENIED);
        Answer stolen = thief.ask(standby, map(thief, 0));
        assertThat(stolen.result()).isZero();
        assertThat(stolen.outsidePort()).isNotEqualTo(7000);
    }

    @Test
    void theEpochTimeGoesOnSoThatNoClientTakesItsMappingsForLost() {
        active.pass(1000);
        host.ask(active, host.header(0, 0));
        active.pass(5000);
        long before = host.ask(active, map(host, 0)).epoch();
        assertThat(before).isEqualTo(5000);
        standby.now = active.now + 3_600_000_000L;
        standby.pass(0);
        active.copyTo(standby);
        active.pass(20);
        standby.pass(20);
        standby.firewall.setForwarding(true);
        assertThat(host.ask(standby, host.header(0, 0)).epoch()).as("whatever the clocks say").isEqualTo(before + 20);
    }

    @Test
    void theEpochTimeBeginsAnewWhenTheMappingsAreLost() {
        active.pass(0);
        active.pass(5000);
        host.ask(active, map(host, 0));
        active.copyAllBut(standby, "pcp");
        standby.takeOverFrom(active);
        assertThat(host.ask(standby, host.header(0, 0)).epoch()).isZero();
    }

    @Test
    void lifetimesPassOnAStandbyToo() {
        host.ask(active, map(host, 7000));
        standby.now = active.now;
        standby.pass(0);
        active.copyTo(standby);
        standby.pass(601);
        standby.firewall.setForwarding(true);
        assertThat(standby.outside(Frames.udp(REMOTE, 9, PUBLIC, 7000, 3)).reason()).isEqualTo(DropReason.DENIED);
        assertThat(thief.ask(standby, map(thief, 7000)).result()).isZero();
    }

    @Test
    void filtersPeersAndQuotasAreKept() {
        host.ask(active, host.map(UDP, 5000, 7000, "0.0.0.0", 600, PcpClient.filter("192.0.2.0", 120, 0)));
        host.ask(active, host.peer(UDP, 6000, 7500, REMOTE, 9, 600));
        for (int i = 0; i < 30; i++) {
            host.ask(active, host.map(UDP, 10000 + i, 0, "0.0.0.0", 600));
        }
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(standby.outside(Frames.udp(REMOTE, 9, PUBLIC, 7000, 3)).forwarded()).isTrue();
        assertThat(standby.outside(Frames.udp("198.51.100.1", 9, PUBLIC, 7000, 3)).reason()).isEqualTo(DropReason.DENIED);
        byte[] out = Frames.udp("10.0.0.5", 6000, REMOTE, 9, 3);
        standby.inside(out);
        assertThat(Frames.source(out)).isEqualTo(PUBLIC + ":7500");
        assertThat(host.ask(standby, host.map(UDP, 20000, 0, "0.0.0.0", 600)).result()).as("33rd").isEqualTo(10);
    }

    @Test
    void whatThePeerSaysReplacesWhatStandsInItsWay() {
        TestFirewall split = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", PUBLIC);
        PcpClient other = new PcpClient("10.0.0.6", 2);
        other.ask(split, other.map(UDP, 5000, 7000, "0.0.0.0", 600));
        host.ask(split, map(host, 7100));
        host.ask(active, map(host, 7000));
        active.copyTo(split);
        assertThat(entries(table(split))).singleElement().satisfies(mapping -> {
            assertThat(mapping.inside()).hasToString("10.0.0.5");
            assertThat(mapping.outsidePort()).isEqualTo(7000);
        });
        assertThat(other.ask(split, other.map(UDP, 5000, 7000, "0.0.0.0", 600)).outsidePort()).isNotEqualTo(7000);
    }

    @Test
    void aMappingFromAnotherPoolIsRefused() {
        PcpMapping foreign = new PcpMapping(0, PcpMapping.Opcode.MAP, UDP, new Ip4(1), 2, Optional.empty(), new Ip4(1), new Ip4(3), 4, 0,
                new PcpNonce(1, 2), 600, 0, List.of(), 0, 600);
        assertThatThrownBy(() -> table(standby).restore(foreign)).isInstanceOf(EntryRefusedException.class)
                .hasMessageContaining("pcp_pool");
    }
}
