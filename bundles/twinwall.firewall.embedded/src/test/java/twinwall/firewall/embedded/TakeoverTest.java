/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.Frames.ACK;
import static twinwall.firewall.embedded.Frames.FIN;
import static twinwall.firewall.embedded.Frames.RST;
import static twinwall.firewall.embedded.Frames.SYN;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.PUBLIC;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.ack;
import static twinwall.firewall.embedded.TestFirewall.down;
import static twinwall.firewall.embedded.TestFirewall.entries;
import static twinwall.firewall.embedded.TestFirewall.syn;
import static twinwall.firewall.embedded.TestFirewall.synAck;
import static twinwall.firewall.embedded.TestFirewall.up;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.SessionState;

class TakeoverTest {

    private final TestFirewall active = new TestFirewall();
    private final TestFirewall standby = new TestFirewall("forwarding", "false");

    private void takeOver() {
        active.copyTo(standby);
        standby.now = active.now;
        standby.firewall.setForwarding(true);
    }

    @Test
    void errorsAndLaterFragmentsDoNotUseASessionWhoseMappingIsMissing() {
        TestFirewall failed = new TestFirewall("napt_pool", TestFirewall.PUBLIC).connectedOutside();
        byte[] sent = TestFirewall.ack();
        failed.inside(sent);
        TestFirewall next = new TestFirewall("napt_pool", TestFirewall.PUBLIC, "forwarding", "false");
        failed.copyAllBut(next, "napt");
        next.takeOverFrom(failed);
        byte[] error = Frames.error(TestFirewall.SERVER, TestFirewall.PUBLIC, 3, sent, 60);
        assertThat(next.outside(error).reason()).isEqualTo(DropReason.NO_MAPPING);
        byte[] whole = Frames.tcp(TestFirewall.SERVER, 80, TestFirewall.PUBLIC, 4000, Frames.ACK, 901, 101, 100);
        assertThat(next.outside(Frames.fragment4(whole, 7, 24, 48, false)).reason()).isEqualTo(DropReason.NO_MAPPING);
    }

    @Test
    void aStandbyForwardsNothing() {
        active.connected().copyTo(standby);
        assertThat(standby.inside(up(ACK, 101, 901, 5)).reason()).isEqualTo(DropReason.STANDBY);
        assertThat(standby.news()).isEmpty();
    }

    @Test
    void anEstablishedConnectionGoesOnAfterATakeover() {
        active.connected();
        active.inside(up(ACK, 101, 901, 1000));
        takeOver();
        assertThat(standby.outside(down(ACK, 901, 1101, 500)).forwarded()).isTrue();
        assertThat(standby.inside(up(ACK, 1101, 1401, 100)).forwarded()).isTrue();
        assertThat(standby.inside(up(FIN | ACK, 1201, 1401, 0)).forwarded()).isTrue();
        assertThat(standby.outside(down(FIN | ACK, 1401, 1202, 0)).forwarded()).isTrue();
        assertThat(standby.inside(up(ACK, 1202, 1402, 0)).forwarded()).isTrue();
        assertThat(standby.news()).containsExactly("v4 changed CLOSING", "v4 changed CLOSED");
    }

    @Test
    void withoutABackupTheNextSegmentIsDropped() {
        active.connected();
        standby.firewall.setForwarding(true);
        assertThat(standby.inside(up(ACK, 101, 901, 5)).reason()).isEqualTo(DropReason.NO_SESSION);
    }

    @Test
    void aRetransmissionFirstAndALateAcknowledgementThenBothPass() {
        active.connected();
        takeOver();
        assertThat(standby.outside(down(ACK, 901, 1101, 0)).forwarded()).isTrue();
        assertThat(standby.inside(up(ACK, 1101, 901, 1000)).forwarded()).isTrue();
        // What the client sent between 2101 and 9101 went through the firewall that died.
        assertThat(standby.outside(down(ACK, 901, 9101, 0)).forwarded()).isTrue();
        assertThat(standby.inside(up(ACK, 9101, 901, 1000)).forwarded()).isTrue();
    }

    @Test
    void afterBothDirectionsWereSeenTheWindowIsWatchedAgain() {
        active.connected();
        takeOver();
        standby.outside(down(ACK, 901, 101, 10));
        standby.inside(up(ACK, 101, 911, 10));
        assertThat(standby.inside(up(ACK, 101 + 1_000_000, 911, 10)).reason()).isEqualTo(DropReason.TCP_WINDOW);
        assertThat(standby.outside(down(RST, 901 + 1_000_000, 0, 0)).reason()).isEqualTo(DropReason.TCP_WINDOW);
    }

    @Test
    void theLargestWindowsAreWatchedToo() {
        active.inside(Frames.tcp(CLIENT, 4000, SERVER, 80, SYN, 100, 0, 65535, 14, 0));
        active.outside(Frames.tcp(SERVER, 80, CLIENT, 4000, SYN | ACK, 900, 101, 65535, 14, 0));
        active.inside(up(ACK, 101, 901, 0));
        takeOver();
        assertThat(standby.outside(down(ACK, 901, 101, 10)).forwarded()).isTrue();
        assertThat(standby.inside(up(ACK, 101 + 100_000_000, 901, 10)).forwarded()).isTrue();
        assertThat(standby.outside(down(ACK, 911, 101 + 100_000_010, 10)).forwarded()).isTrue();
        assertThat(standby.inside(up(ACK, 101 + 1_900_000_000, 901, 10)).reason()).isEqualTo(DropReason.TCP_WINDOW);
    }

    @Test
    void aHandshakeCutByTheTakeoverIsCompleted() {
        active.inside(syn());
        takeOver();
        assertThat(standby.outside(synAck()).forwarded()).isTrue();
        assertThat(standby.inside(ack()).forwarded()).isTrue();
        assertThat(entries(standby.firewall.ipv4Sessions()).get(0).state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void aStateThatTheStandbyLearntLateIsCaughtUpWith() {
        active.inside(syn());
        active.copyTo(standby);
        standby.firewall.setForwarding(true);
        // SYN-ACK and ACK went through the active firewall, and it died before it could tell.
        assertThat(standby.inside(up(ACK, 101, 901, 10)).forwarded()).isTrue();
        assertThat(standby.outside(down(ACK, 901, 111, 10)).forwarded()).isTrue();
        assertThat(entries(standby.firewall.ipv4Sessions()).get(0).state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void staleSequenceNumbersDoNotCountWhenAFirewallBecomesActiveAgain() {
        active.connected();
        active.firewall.setForwarding(false);
        active.pass(1000);
        active.firewall.setForwarding(true);
        assertThat(active.inside(up(ACK, 900_000_000, 700_000_000, 10)).forwarded()).isTrue();
        assertThat(active.outside(down(ACK, 700_000_000, 900_000_010, 10)).forwarded()).isTrue();
    }

    @Test
    void nothingExpiresOnAStandbyAndTimersStartAfreshAtTheTakeover() {
        active.connected().copyTo(standby);
        standby.pass(100_000);
        assertThat(standby.firewall.ipv4Sessions().size()).isEqualTo(1);
        standby.firewall.setForwarding(true);
        standby.pass(0);
        standby.pass(7439);
        assertThat(standby.firewall.ipv4Sessions().size()).isEqualTo(1);
        standby.pass(1.2);
        assertThat(standby.firewall.ipv4Sessions().size()).isZero();
        assertThat(standby.news()).containsExactly("v4 removed ESTABLISHED");
    }

    @Test
    void restoreAndForgetTellNobody() {
        active.connected().copyTo(standby);
        Ipv4Session session = entries(standby.firewall.ipv4Sessions()).get(0);
        standby.firewall.ipv4Sessions().forget(session);
        standby.firewall.ipv4Sessions().forget(session);
        assertThat(standby.firewall.ipv4Sessions().size()).isZero();
        assertThat(standby.news()).isEmpty();
    }

    @Test
    void restoringTwiceChangesNothing() {
        active.connected().copyTo(standby);
        active.copyTo(standby);
        assertThat(entries(standby.firewall.ipv4Sessions())).isEqualTo(entries(active.firewall.ipv4Sessions()));
        assertThat(standby.firewall.counters().halfOpenSessions()).isZero();
    }

    @Test
    void aRestoredMappingReservesItsPortAndServesItsSession() {
        TestFirewall first = new TestFirewall("napt_pool", PUBLIC).connectedOutside();
        TestFirewall second = new TestFirewall("napt_pool", PUBLIC, "forwarding", "false");
        NaptMapping mapping = entries(first.firewall.naptMappings()).get(0);
        second.firewall.naptMappings().restore(mapping);
        second.firewall.setForwarding(true);
        assertThat(second.firewall.ipv4Sessions().size()).isZero();
        byte[] other = Frames.tcp("10.0.0.77", 4000, SERVER, 80, SYN, 1, 0, 0);
        assertThat(second.inside(other).forwarded()).isTrue();
        assertThat(Frames.source(other)).isNotEqualTo(PUBLIC + ":4000");
        second.firewall.ipv4Sessions().restore(entries(first.firewall.ipv4Sessions()).get(0));
        byte[] next = up(ACK, 101, 901, 10);
        assertThat(second.inside(next).forwarded()).isTrue();
        assertThat(Frames.source(next)).isEqualTo(PUBLIC + ":4000");
        byte[] answer = Frames.tcp(SERVER, 80, PUBLIC, 4000, ACK, 901, 111, 10);
        assertThat(second.outside(answer).forwarded()).isTrue();
        assertThat(Frames.destination(answer)).isEqualTo(CLIENT + ":4000");
    }

    @Test
    void aMappingWithoutItsSessionIsUsedByTheNextSessionOfTheSameEnds() {
        TestFirewall first = new TestFirewall("napt_pool", PUBLIC, "napt_ports", "2000-2100").connectedOutside();
        TestFirewall second = new TestFirewall("napt_pool", PUBLIC, "napt_ports", "3000-3100", "forwarding", "false");
        first.copyTo(second);
        second.firewall.ipv4Sessions().forget(entries(second.firewall.ipv4Sessions()).get(0));
        assertThat(second.firewall.naptMappings().size()).isEqualTo(1);
        second.firewall.setForwarding(true);
        byte[] syn = syn();
        assertThat(second.inside(syn).forwarded()).isTrue();
        assertThat(Frames.source(syn)).startsWith(PUBLIC + ":20");
        assertThat(second.firewall.naptMappings().size()).isEqualTo(1);
    }

    @Test
    void whatThePeerSaysReplacesWhatStandsInItsWay() {
        TestFirewall one = new TestFirewall("napt_pool", PUBLIC);
        TestFirewall two = new TestFirewall("napt_pool", PUBLIC);
        one.inside(Frames.tcp("10.0.0.1", 4000, SERVER, 80, SYN, 1, 0, 0));
        two.inside(Frames.tcp("10.0.0.2", 4000, SERVER, 80, SYN, 1, 0, 0));
        one.copyTo(two);
        assertThat(two.firewall.naptMappings().size()).isEqualTo(1);
        assertThat(entries(two.firewall.naptMappings()).get(0).inside()).isEqualTo(new Ip4(0x0a000001));
    }

    @Test
    void laterFragmentsAreAdoptedAfterATakeover() {
        byte[] whole = Frames.udp(CLIENT, 5000, SERVER, 53, 2000);
        active.inside(Frames.fragment4(whole, 7, 0, 1480, true));
        takeOver();
        assertThat(standby.inside(Frames.fragment4(whole, 7, 1480, 2008, false)).forwarded()).isTrue();
        byte[] stranger = Frames.udp("10.0.0.99", 5000, SERVER, 53, 2000);
        assertThat(standby.inside(Frames.fragment4(stranger, 7, 1480, 2008, false)).reason())
                .isEqualTo(DropReason.FRAGMENT_WITHOUT_FIRST);
    }

    @Test
    void aFullTableTakesTwiceAsManyOfThePeer() {
        TestFirewall small = new TestFirewall("forwarding", "false", "max_sessions", "1");
        active.connected();
        active.inside(Frames.udp(CLIENT, 1, SERVER, 2, 1));
        active.copyTo(small);
        assertThat(small.firewall.ipv4Sessions().size()).as("what comes before its own are removed").isEqualTo(2);
        active.inside(Frames.udp(CLIENT, 1, SERVER, 3, 1));
        assertThatThrownBy(() -> active.copyTo(small)).isInstanceOf(IllegalStateException.class);
        assertThat(small.firewall.ipv4Sessions().size()).isEqualTo(2);
        small.firewall.setForwarding(true);
        assertThat(small.inside(Frames.udp(CLIENT, 1, SERVER, 4, 1)).reason()).isEqualTo(DropReason.TABLE_FULL);
    }

    @Test
    void takingOverTwoHundredThousandSessionsTakesNoTime() {
        TestFirewall large = new TestFirewall("forwarding", "false");
        Ipv4Session like = entries(active.connected().firewall.ipv4Sessions()).get(0);
        for (int i = 0; i < 200_000; i++) {
            large.firewall.ipv4Sessions().restore(new Ipv4Session(0, Optional.empty(), 6, new Ip4(0x0a000000 + i), like.destination(), 1000,
                    80, like.state(), 1, 2, 1, false, 0, 255, like.translated(), like.real(), 0, 0, 0, 0, 0));
        }
        large.pass(50_000);
        long best = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long began = System.nanoTime();
            large.firewall.setForwarding(true);
            large.inside(Frames.tcp("10.0.0." + (attempt + 1), 1000, SERVER, 80, ACK, 1, 1, 1));
            best = Math.min(best, System.nanoTime() - began);
            large.firewall.setForwarding(false);
            large.pass(50_000);
        }
        assertThat(best).isLessThan(10_000_000);
        assertThat(large.firewall.counters().forwarded()).isEqualTo(5);
    }
}
