/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.Frames.ACK;
import static twinwall.firewall.embedded.Frames.SYN;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.PUBLIC;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.ThreeTupleBinding;
import twinwall.settings.Settings;

/** 3-tuple NAT by RFC 4787, RFC 5382 and RFC 5508. */
class ThreeTupleTest {

    private static final String STRANGER = "192.0.2.77";

    private final TestFirewall firewall = new TestFirewall("threetuple_pool", PUBLIC);

    @SuppressWarnings("unchecked")
    static FirewallTable<ThreeTupleBinding> table(TestFirewall of) {
        return (FirewallTable<ThreeTupleBinding>) of.firewall.tables().get("nat-3-tuple");
    }

    /** Sends a packet from inside and gives the source that the world sees. */
    private static String seen(TestFirewall from, byte[] packet) {
        assertThat(from.inside(packet).reason()).isNull();
        assertThat(Frames.checksumsRight(packet)).isTrue();
        return Frames.source(packet);
    }

    @Test
    void oneInsideEndpointHasOnePublicEndpointWhoeverItTalksTo() {
        seen(firewall, Frames.udp("10.0.0.6", 5000, SERVER, 53, 1));
        String first = seen(firewall, Frames.udp(CLIENT, 5000, SERVER, 53, 1));
        assertThat(first).startsWith(PUBLIC).isNotEqualTo(PUBLIC + ":5000");
        assertThat(seen(firewall, Frames.udp(CLIENT, 5000, STRANGER, 123, 1))).isEqualTo(first);
        assertThat(table(firewall).size()).isEqualTo(2);
    }

    @Test
    void anyOutsideHostGetsInThroughABinding() {
        String seen = seen(firewall, Frames.udp(CLIENT, 5000, SERVER, 53, 1));
        assertThat(seen).isEqualTo(PUBLIC + ":5000");
        byte[] from = Frames.udp(STRANGER, 999, PUBLIC, 5000, 7);
        assertThat(firewall.outside(from)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.destination(from)).isEqualTo(CLIENT + ":5000");
        assertThat(Frames.source(from)).isEqualTo(STRANGER + ":999");
        assertThat(Frames.checksumsRight(from)).isTrue();
        assertThat(seen(firewall, Frames.udp(CLIENT, 5000, STRANGER, 999, 7))).isEqualTo(PUBLIC + ":5000");
    }

    @Test
    void withoutABindingOutsideHostsStayOut() {
        seen(firewall, Frames.udp(CLIENT, 5000, SERVER, 53, 1));
        assertThat(firewall.outside(Frames.udp(STRANGER, 999, PUBLIC, 5001, 7)).reason()).isEqualTo(DropReason.DENIED);
        assertThat(firewall.outside(Frames.tcp(STRANGER, 999, PUBLIC, 5000, SYN, 1, 0, 0)).reason()).isEqualTo(DropReason.DENIED);
    }

    @Test
    void aRuleThatDeniesKeepsStrangersOutAndOneThatDeniesEverythingDoesNot() {
        for (String zones : List.of("outside->inside", "any->any")) {
            TestFirewall strict = new TestFirewall("threetuple_pool", PUBLIC, "rules",
                    "allow inside->outside; deny " + zones + " from 192.0.2.0/24; deny any->any");
            assertThat(seen(strict, Frames.udp(CLIENT, 5000, SERVER, 53, 1))).isEqualTo(PUBLIC + ":5000");
            assertThat(strict.outside(Frames.udp(STRANGER, 999, PUBLIC, 5000, 7)).reason()).isEqualTo(DropReason.DENIED);
            assertThat(strict.outside(Frames.udp("198.51.100.77", 999, PUBLIC, 5000, 7)).forwarded()).isTrue();
        }
    }

    @Test
    void tcpConnectionsComeInThroughABindingToo() {
        assertThat(seen(firewall, Frames.tcp(CLIENT, 4000, SERVER, 80, SYN, 1, 0, 0))).isEqualTo(PUBLIC + ":4000");
        byte[] syn = Frames.tcp(STRANGER, 999, PUBLIC, 4000, SYN, 50, 0, 0);
        assertThat(firewall.outside(syn).forwarded()).isTrue();
        assertThat(Frames.destination(syn)).isEqualTo(CLIENT + ":4000");
        byte[] answer = Frames.tcp(CLIENT, 4000, STRANGER, 999, SYN | ACK, 70, 51, 0);
        assertThat(seen(firewall, answer)).isEqualTo(PUBLIC + ":4000");
        assertThat(firewall.outside(Frames.tcp(STRANGER, 999, PUBLIC, 4000, ACK, 51, 71, 0)).forwarded()).isTrue();
    }

    @Test
    void twoClientsNeverShareAPublicPortWhereverTheyGo() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            all.add(seen(firewall, Frames.udp("10.0.1." + i, 6000, "198.51.100." + i, 53, 1)));
        }
        assertThat(all).hasSize(200);
    }

    @Test
    void parityIsKeptWhenThePortIsNot() {
        seen(firewall, Frames.udp("10.0.0.6", 6000, SERVER, 53, 1));
        seen(firewall, Frames.udp("10.0.0.6", 6001, SERVER, 53, 1));
        for (int i = 0; i < 2; i++) {
            String seen = seen(firewall, Frames.udp(CLIENT, 6000 + i, SERVER, 53, 1));
            assertThat(Integer.parseInt(seen.split(":")[1]) % 2).isEqualTo(i);
            assertThat(seen).isNotEqualTo(PUBLIC + ":" + (6000 + i));
        }
    }

    @Test
    void hostsInsideReachEachOtherByTheirPublicEndpoints() {
        seen(firewall, Frames.udp("10.0.0.6", 7000, SERVER, 3478, 1));
        byte[] hairpin = Frames.udp(CLIENT, 5000, PUBLIC, 7000, 9);
        assertThat(firewall.inside(hairpin)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.destination(hairpin)).isEqualTo("10.0.0.6:7000");
        assertThat(Frames.source(hairpin)).as("external source address and port, REQ-9a").isEqualTo(PUBLIC + ":5000");
        assertThat(Frames.checksumsRight(hairpin)).isTrue();
        byte[] answer = Frames.udp("10.0.0.6", 7000, PUBLIC, 5000, 9);
        assertThat(firewall.inside(answer)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.destination(answer)).isEqualTo(CLIENT + ":5000");
        assertThat(Frames.source(answer)).isEqualTo(PUBLIC + ":7000");
        assertThat(Frames.checksumsRight(answer)).isTrue();
    }

    @Test
    void aBindingLivesWhileSessionsUseItAndFiveMinutesMore() {
        seen(firewall, Frames.udp(CLIENT, 5000, SERVER, 53, 1));
        firewall.pass(60.2);
        assertThat(firewall.firewall.ipv4Sessions().size()).isZero();
        firewall.pass(299);
        assertThat(firewall.outside(Frames.udp(STRANGER, 1, PUBLIC, 5000, 1)).forwarded()).isTrue();
        firewall.pass(60.2);
        firewall.pass(299);
        assertThat(table(firewall).size()).isEqualTo(1);
        firewall.pass(2);
        assertThat(table(firewall).size()).isZero();
        assertThat(firewall.outside(Frames.udp(STRANGER, 1, PUBLIC, 5000, 1)).reason()).isEqualTo(DropReason.DENIED);
    }

    @Test
    void anEchoKeepsOneIdentifierAndLetsNoEchoRequestIn() {
        byte[] echo = Frames.icmp(CLIENT, SERVER, 8, 77, 1, new byte[5]);
        assertThat(firewall.inside(echo).forwarded()).isTrue();
        byte[] other = Frames.icmp(CLIENT, STRANGER, 8, 77, 1, new byte[5]);
        assertThat(firewall.inside(other).forwarded()).isTrue();
        assertThat(Frames.read(other).sourcePort()).isEqualTo(Frames.read(echo).sourcePort());
        assertThat(table(firewall).size()).isEqualTo(1);
        byte[] reply = Frames.icmp(SERVER, PUBLIC, 0, 77, 1, new byte[5]);
        assertThat(firewall.outside(reply).forwarded()).isTrue();
        assertThat(Frames.destination(reply)).startsWith(CLIENT);
        assertThat(firewall.outside(Frames.icmp(STRANGER, PUBLIC, 8, 0, 1, new byte[5])).reason()).isEqualTo(DropReason.DENIED);
    }

    @Test
    void anIcmpErrorAboutASessionFromOutsideIsTranslatedInsideToo() {
        seen(firewall, Frames.udp(CLIENT, 5000, SERVER, 53, 30));
        byte[] in = Frames.udp(STRANGER, 999, PUBLIC, 5000, 30);
        byte[] seenOutside = in.clone();
        firewall.outside(in);
        byte[] error = Frames.error(CLIENT, STRANGER, 3, in, 28);
        assertThat(firewall.inside(error).forwarded()).isTrue();
        assertThat(Frames.source(error)).startsWith(PUBLIC);
        assertThat(Frames.checksumsRight(error)).isTrue();
        assertThat(Arrays.copyOfRange(error, 42, 70)).isEqualTo(Arrays.copyOfRange(seenOutside, 14, 42));
    }

    @Test
    void whenEveryPortIsTakenTheNextClientIsToldSo() {
        TestFirewall small = new TestFirewall("threetuple_pool", PUBLIC, "threetuple_ports", "2000-2003");
        for (int i = 0; i < 4; i++) {
            seen(small, Frames.udp(CLIENT, 5000 + i, "198.51.100." + i, 53, 1));
        }
        assertThat(small.inside(Frames.udp(CLIENT, 5004, SERVER, 53, 1)).reason()).isEqualTo(DropReason.NAT_EXHAUSTED);
        assertThat(small.inside(Frames.tcp(CLIENT, 5004, SERVER, 53, SYN, 1, 0, 0)).forwarded()).as("ports are per protocol").isTrue();
        assertThat(table(small).size()).isEqualTo(5);
    }

    @Test
    void aFullTableRefusesTheNextClientAndKeepsTheOthers() {
        TestFirewall small = new TestFirewall("threetuple_pool", PUBLIC, "max_threetuple_bindings", "1");
        seen(small, Frames.udp(CLIENT, 5000, SERVER, 53, 1));
        assertThat(small.inside(Frames.udp(CLIENT, 5001, SERVER, 53, 1)).reason()).isEqualTo(DropReason.TABLE_FULL);
        seen(small, Frames.udp(CLIENT, 5000, STRANGER, 53, 1));
        assertThat(small.firewall.ipv4Sessions().size()).isEqualTo(2);
    }

    @Test
    void whatHasNoPortsCannotBeBound() {
        assertThat(firewall.inside(Frames.ip(CLIENT, SERVER, 47, new byte[20], -1)).reason()).isEqualTo(DropReason.NAT_UNSUPPORTED);
        assertThat(firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 0, 1, 0, 5)).reason()).isEqualTo(DropReason.NAT_UNSUPPORTED);
        assertThat(table(firewall).size()).isZero();
    }

    @Test
    void theBlacklistStillKeepsStrangersOut() throws Exception {
        seen(firewall, Frames.udp(CLIENT, 5000, SERVER, 53, 1));
        firewall.firewall.blacklist().add(java.net.InetAddress.getByName(STRANGER), "test");
        assertThat(firewall.outside(Frames.udp(STRANGER, 999, PUBLIC, 5000, 7)).reason()).isEqualTo(DropReason.BLACKLISTED);
    }

    @Test
    void sourcesOfOtherKindsKeepTheirs() {
        TestFirewall both = new TestFirewall("threetuple_pool", PUBLIC, "threetuple_sources", "10.0.0.0/24", "napt_pool", "203.0.113.9");
        assertThat(seen(both, Frames.udp(CLIENT, 5000, SERVER, 53, 1))).startsWith(PUBLIC);
        assertThat(seen(both, Frames.udp("10.0.1.5", 5000, SERVER, 53, 1))).startsWith("203.0.113.9");
        assertThat(table(both).size()).isEqualTo(1);
        assertThat(entries(both.firewall.naptMappings())).hasSize(1);
    }

    @Test
    void aPoolThatAnotherKindHasIsRefusedWithALineThatNamesBoth() {
        List<String> told = new ArrayList<>();
        FirewallSettings settings = FirewallSettings.from(new Settings(FirewallSettings.PID,
                Map.of("napt_pool", "203.0.113.0/30", "threetuple_pool", "203.0.113.3-203.0.113.5"), told::add));
        assertThat(told).containsExactly("twinwall.firewall.embedded: threetuple_pool=203.0.113.3-203.0.113.5 must be without 203.0.113.3, "
                + "which napt_pool has. Using none.");
        assertThat(settings.threeTuple().pool()).isEmpty();
        assertThat(settings.naptPool()).isEqualTo("203.0.113.0/30");
    }
}
