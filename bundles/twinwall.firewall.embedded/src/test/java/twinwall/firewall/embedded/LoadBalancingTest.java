/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.SessionOwner;
import twinwall.firewall.SessionState;
import twinwall.firewall.ThreeTupleBinding;
import twinwall.firewall.embedded.TestFirewall.Passage;

/** Two firewalls that forward at the same time. */
class LoadBalancingTest {

    private static final String POOL = "203.0.113.1";
    private static final String SERVER = "198.51.100.9";

    private final FirewallPair pair = new FirewallPair(false, "napt_pool", POOL, "napt_ports", "2000-2063",
            "tcp_established_timeout_s", "3600");
    private final TestFirewall a = pair.sides[0];
    private final TestFirewall b = pair.sides[1];

    private static int port(Passage passage) {
        assertThat(passage.verdict()).hasToString("forwarded to interface 1");
        return Integer.parseInt(Frames.source(passage.frame().bytes).split(":")[1]);
    }

    private static int port(TestFirewall at, int client, int clientPort) {
        return port(at.send(EmbeddedFirewall.INSIDE, Frames.udp("10.0.0." + client, clientPort, SERVER, 53, 1)));
    }

    private static Passage tcp(TestFirewall at, int publicPort, int flags, int sequence, int acknowledgement) {
        return at.send(EmbeddedFirewall.OUTSIDE, Frames.tcp(SERVER, 80, POOL, publicPort, flags, sequence, acknowledgement, 0));
    }

    private int connect(TestFirewall at) {
        int port = port(at.send(EmbeddedFirewall.INSIDE, TestFirewall.syn()));
        assertThat(tcp(at, port, Frames.SYN | Frames.ACK, 900, 101).verdict().forwarded()).isTrue();
        at.inside(TestFirewall.ack());
        return port;
    }

    @Test
    void eachHandsOutPortsOfItsHalfOnlyAndTheSurvivorThoseOfBoth() {
        for (int i = 1; i <= 32; i++) {
            assertThat(port(a, i, 2000 + i)).isBetween(2000, 2031);
            assertThat(port(b, i, 2000 + i)).isBetween(2032, 2063);
        }
        assertThat(a.inside(Frames.udp("10.0.0.99", 2001, SERVER, 53, 1)).reason()).isEqualTo(DropReason.NAPT_EXHAUSTED);
        pair.settle();
        pair.kill(1);
        // The peer's sessions were not due, so they are gone with it, and so is the port of each.
        for (int i = 40; i < 72; i++) {
            assertThat(port(a, i, 5000)).isBetween(2032, 2063);
        }
    }

    @Test
    void aSurvivorThatShareIsTakenFromKeepsWhatItHandedOutAndGivesNoMoreOfIt() {
        pair.kill(1);
        for (int i = 1; i <= 40; i++) {
            port(a, i, 5000);
        }
        pair.comeBack(1);
        List<Integer> taken = pair.<Ipv4Session>entries(0, "ipv4-session").stream().map(each -> each.translated().get().port()).toList();
        TestFirewall back = pair.sides[1];
        for (int i = 101; i < 133; i++) {
            Passage passage = back.send(EmbeddedFirewall.INSIDE, Frames.udp("10.0.0." + i, 5000, SERVER, 53, 1));
            assertThat(passage.verdict().forwarded() ? port(passage) : 0).isNotIn(taken).matches(port -> port == 0 || port > 2031);
        }
        for (int i = 1; i <= 40; i++) {
            assertThat(port(a, i, 5000)).isIn(taken);
        }
    }

    @Test
    void aSurvivorTellsOfWhatIsInUseAndNotDueBeforeItsShareGetsSmaller() {
        FirewallPair pair = new FirewallPair(false, "threetuple_pool", POOL, "threetuple_sources", "10.0.0.0/25", "rules",
                "allow inside->outside; allow inside->inside 203.0.113.80");
        pair.kill(1);
        TestFirewall survivor = pair.sides[0];
        survivor.command("nat-server", "add", "name", "s", "global", "203.0.113.80", "inside", "10.0.0.200", "protocol", "udp",
                "global_port", "53");
        survivor.inside(Frames.icmp("10.0.0.1", SERVER, 8, 60_000, 1, new byte[1]));
        survivor.inside(Frames.udp("10.0.0.200", 60_000, SERVER, 53, 1));
        survivor.inside(Frames.udp("10.0.0.201", 60_001, "203.0.113.80", 53, 1));
        survivor.inside(Frames.udp("10.0.0.202", 60_002, SERVER, 53, 1));
        pair.comeBack(1);
        assertThat(pair.<ThreeTupleBinding>entries(1, "nat-3-tuple")).singleElement().extracting(ThreeTupleBinding::outsidePort)
                .isEqualTo(60_000);
        assertThat(pair.<Ipv4Session>entries(1, "ipv4-session")).extracting(session -> session.translated().get().port())
                .as("the server's and the one that turns back; not one that has its own address").containsExactlyInAnyOrder(60_000, 60_001);
    }

    @Test
    void aSessionsOwnerIsKnownAndTheSurvivorOwnsWhatItTakes() {
        connect(a);
        pair.settle();
        assertThat(pair.<Ipv4Session>entries(1, "ipv4-session")).singleElement().extracting(Ipv4Session::owner)
                .isEqualTo(SessionOwner.FIRST);
        b.inside(TestFirewall.up(Frames.ACK, 101, 901, 10));
        assertThat(pair.<Ipv4Session>entries(1, "ipv4-session").get(0).owner()).isEqualTo(SessionOwner.FIRST);
        pair.kill(0);
        assertThat(b.inside(TestFirewall.up(Frames.ACK, 111, 901, 10)).forwarded()).isTrue();
        assertThat(pair.<Ipv4Session>entries(1, "ipv4-session").get(0).owner()).isEqualTo(SessionOwner.SECOND);
        pair.comeBack(0);
        assertThat(pair.<Ipv4Session>entries(0, "ipv4-session").get(0).owner()).isEqualTo(SessionOwner.SECOND);
    }

    @Test
    void returnTrafficPassesAtTheOtherFirewallOnceTheSessionIsCopied() {
        int port = connect(a);
        assertThat(tcp(b, port, Frames.ACK, 901, 101).verdict().reason()).isEqualTo(DropReason.NO_SESSION);
        pair.settle();
        Passage passage = tcp(b, port, Frames.ACK, 901, 101);
        assertThat(passage.verdict()).hasToString("forwarded to interface 0");
        assertThat(Frames.destination(passage.frame().bytes)).isEqualTo("10.0.0.5:4000");
    }

    @Test
    void icmpErrorsPassAtTheOtherFirewall() {
        byte[] about = TestFirewall.up(Frames.ACK, 101, 901, 10);
        connect(a);
        pair.settle();
        Frame sent = new Frame(about);
        a.firewall.process(a.now, EmbeddedFirewall.INSIDE, sent);
        Passage error = b.send(EmbeddedFirewall.OUTSIDE, Frames.error("198.51.100.1", POOL, 3, sent.bytes, 28));
        assertThat(error.verdict()).hasToString("forwarded to interface 0");
        assertThat(Frames.destination(error.frame().bytes)).startsWith("10.0.0.5");
    }

    @Test
    void aSessionThatOnlyThePeerUsesIsNotAgedOutHere() {
        connect(a);
        pair.settle();
        // From now on every packet takes the other firewall, one each half an hour.
        for (int i = 0; i < 10; i++) {
            pair.pass(1700);
            assertThat(b.inside(TestFirewall.up(Frames.ACK, 101, 901, 0)).forwarded()).isTrue();
            pair.settle();
        }
        assertThat(pair.table(0, "ipv4-session").size()).isEqualTo(1);
        assertThat(pair.table(0, "napt").size()).isEqualTo(1);
    }

    @Test
    void theFirewallThatUsedASessionLastEndsItAndTellsTheOther() {
        connect(a);
        pair.settle();
        pair.pass(100);
        b.inside(TestFirewall.up(Frames.ACK, 101, 901, 0));
        pair.settle();
        pair.pass(3599);
        assertThat(pair.table(0, "ipv4-session").size()).isEqualTo(1);
        assertThat(pair.table(1, "ipv4-session").size()).isEqualTo(1);
        pair.pass(3700);
        pair.settle();
        assertThat(pair.table(0, "ipv4-session").size()).isZero();
        assertThat(pair.table(1, "ipv4-session").size()).isZero();
    }

    @Test
    void noEntryOfThePeerLivesForEver() {
        connect(a);
        pair.settle();
        // The end of it never arrives.
        b.pass(7150);
        assertThat(pair.table(1, "ipv4-session").size()).isEqualTo(1);
        b.pass(200);
        assertThat(pair.table(1, "ipv4-session").size()).isZero();
        assertThat(pair.table(1, "napt").size()).isZero();
    }

    @Test
    void aBindingThatOnlyThePeerUsesIsNotAgedOutHere() {
        FirewallPair pair = new FirewallPair(false, "threetuple_pool", POOL, "threetuple_timeout_s", "200");
        port(pair.sides[0], 1, 4000);
        pair.settle();
        // Each packet begins a session that is never due, at the other firewall.
        for (int i = 0; i < 20; i++) {
            pair.pass(90);
            port(pair.sides[1].send(EmbeddedFirewall.INSIDE, Frames.udp("10.0.0.1", 4000, "198.51.100." + (20 + i), 53, 1)));
            pair.settle();
        }
        ThreeTupleBinding binding = pair.<ThreeTupleBinding>entries(0, "nat-3-tuple").get(0);
        assertThat(pair.<ThreeTupleBinding>entries(1, "nat-3-tuple")).singleElement().extracting(ThreeTupleBinding::outsidePort)
                .isEqualTo(binding.outsidePort());
        for (int i = 0; i < 6; i++) {
            pair.pass(100);
            pair.settle();
        }
        assertThat(pair.table(0, "nat-3-tuple").size() + pair.table(1, "nat-3-tuple").size()).isZero();
    }

    @Test
    void closingAtOneAndDataAtTheOtherEndWithTheFurtherState() {
        int port = connect(a);
        pair.settle();
        tcp(b, port, Frames.FIN | Frames.ACK, 901, 101);
        a.inside(TestFirewall.up(Frames.ACK, 101, 901, 5));
        pair.settle();
        assertThat(pair.<Ipv4Session>entries(0, "ipv4-session").get(0).state()).isEqualTo(SessionState.CLOSING);
        assertThat(pair.<Ipv4Session>entries(1, "ipv4-session").get(0).state()).isEqualTo(SessionState.CLOSING);
    }
}
