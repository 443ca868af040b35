/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.Frames.ACK;
import static twinwall.firewall.embedded.Frames.FIN;
import static twinwall.firewall.embedded.Frames.RST;
import static twinwall.firewall.embedded.Frames.SYN;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.ack;
import static twinwall.firewall.embedded.TestFirewall.down;
import static twinwall.firewall.embedded.TestFirewall.entries;
import static twinwall.firewall.embedded.TestFirewall.syn;
import static twinwall.firewall.embedded.TestFirewall.synAck;
import static twinwall.firewall.embedded.TestFirewall.up;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.SessionState;

class TcpSessionTest {

    private final TestFirewall firewall = new TestFirewall();

    private SessionState state() {
        return entries(firewall.firewall.ipv4Sessions()).get(0).state();
    }

    @Test
    void aHandshakeMakesAnEstablishedSession() {
        assertThat(firewall.inside(syn()).egress()).isEqualTo(EmbeddedFirewall.OUTSIDE);
        assertThat(firewall.outside(synAck()).egress()).isEqualTo(EmbeddedFirewall.INSIDE);
        assertThat(firewall.inside(ack()).forwarded()).isTrue();
        assertThat(firewall.news()).containsExactly("v4 changed NEW", "v4 changed ANSWERED", "v4 changed ESTABLISHED");
        Ipv4Session session = entries(firewall.firewall.ipv4Sessions()).get(0);
        assertThat(session.source()).hasToString(CLIENT);
        assertThat(session.destinationPort()).isEqualTo(80);
        assertThat(session.rule()).isEqualTo(1);
        assertThat(session.fromZone()).isEqualTo(1);
        assertThat(session.toZone()).isEqualTo(2);
        assertThat(session.createdSeconds()).isEqualTo(1_700_000_000L);
        assertThat(session.forwardPackets()).isEqualTo(2);
        assertThat(session.reverseBytes()).isEqualTo(40);
        assertThat(session.remainingSeconds()).isEqualTo(7440);
    }

    @Test
    void aSynAckAloneCreatesNoSession() {
        assertThat(firewall.inside(Frames.tcp(CLIENT, 4000, SERVER, 80, SYN | ACK, 100, 1, 0)).reason()).isEqualTo(DropReason.NO_SESSION);
    }

    @Test
    void anAckAloneCreatesNoSession() {
        assertThat(firewall.inside(ack()).reason()).isEqualTo(DropReason.NO_SESSION);
        assertThat(firewall.firewall.ipv4Sessions().size()).isZero();
    }

    @Test
    void aSynFromOutsideIsDenied() {
        assertThat(firewall.outside(down(SYN, 1, 0, 0)).reason()).isEqualTo(DropReason.DENIED);
    }

    @Test
    void windowScalesAreRemembered() {
        firewall.inside(Frames.tcp(CLIENT, 4000, SERVER, 80, SYN, 100, 0, 65535, 7, 0));
        assertThat(entries(firewall.firewall.ipv4Sessions()).get(0).windowScales()).isEqualTo(0x7f);
        firewall.outside(Frames.tcp(SERVER, 80, CLIENT, 4000, SYN | ACK, 900, 101, 65535, 9, 0));
        assertThat(entries(firewall.firewall.ipv4Sessions()).get(0).windowScales()).isEqualTo(0x79);
    }

    @Test
    void aScaledWindowAllowsMoreInFlight() {
        firewall.inside(Frames.tcp(CLIENT, 4000, SERVER, 80, SYN, 100, 0, 1000, 7, 0));
        firewall.outside(Frames.tcp(SERVER, 80, CLIENT, 4000, SYN | ACK, 900, 101, 1000, 7, 0));
        firewall.inside(Frames.tcp(CLIENT, 4000, SERVER, 80, ACK, 101, 901, 1000, -1, 0));
        byte[] far = down(ACK, 901 + 120_000, 101, 100);
        assertThat(firewall.outside(far).forwarded()).isTrue();
        assertThat(firewall.outside(down(ACK, 901 + 129_000, 101, 100)).reason()).isEqualTo(DropReason.TCP_WINDOW);
    }

    @Test
    void dataOutsideOfTheWindowIsDropped() {
        firewall.connected();
        assertThat(firewall.inside(up(ACK, 101 + 70_000, 901, 10)).reason()).isEqualTo(DropReason.TCP_WINDOW);
        assertThat(firewall.inside(up(ACK, 101 - 70_000, 901, 10)).reason()).isEqualTo(DropReason.TCP_WINDOW);
        assertThat(firewall.inside(up(ACK, 101, 901 + 70_000, 10)).reason()).isEqualTo(DropReason.TCP_WINDOW);
        assertThat(firewall.inside(up(ACK, 101, 901 - 140_000, 10)).reason()).isEqualTo(DropReason.TCP_WINDOW);
        assertThat(firewall.inside(up(ACK, 101, 901, 10)).forwarded()).isTrue();
    }

    @Test
    void anAcknowledgementOfDataThatWasNotSeenPassesWithinTheWindow() {
        firewall.connected();
        assertThat(firewall.inside(up(ACK, 101, 5000, 0)).forwarded()).isTrue();
        assertThat(firewall.outside(down(ACK, 5000, 101, 1000)).forwarded()).isTrue();
    }

    @Test
    void aKeepAliveBelowTheNextSequenceNumberPasses() {
        firewall.connected();
        assertThat(firewall.inside(up(ACK, 100, 901, 0)).forwarded()).isTrue();
    }

    @Test
    void aSynAckThatAcknowledgesSomethingElseIsDropped() {
        firewall.inside(syn());
        assertThat(firewall.outside(down(SYN | ACK, 900, 999, 0)).reason()).isEqualTo(DropReason.TCP_WINDOW);
    }

    @Test
    void retransmissionsOfTheHandshakePass() {
        firewall.inside(syn());
        assertThat(firewall.inside(syn()).forwarded()).isTrue();
        firewall.outside(synAck());
        assertThat(firewall.inside(syn()).forwarded()).isTrue();
        assertThat(firewall.outside(synAck()).forwarded()).isTrue();
        firewall.inside(ack());
        assertThat(firewall.outside(synAck()).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(firewall.firewall.ipv4Sessions().size()).isEqualTo(1);
    }

    @Test
    void aSynWithAnotherSequenceNumberBeginsTheTryAgain() {
        firewall.inside(syn());
        assertThat(firewall.inside(up(SYN, 7777, 0, 0)).forwarded()).isTrue();
        assertThat(firewall.outside(down(SYN | ACK, 900, 7778, 0)).forwarded()).isTrue();
    }

    @Test
    void bothSidesMayOpenAtOnce() {
        firewall.inside(syn());
        assertThat(firewall.outside(down(SYN, 900, 0, 0)).forwarded()).isTrue();
        assertThat(firewall.inside(up(SYN | ACK, 100, 901, 0)).forwarded()).isTrue();
        assertThat(firewall.outside(down(SYN | ACK, 900, 101, 0)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(firewall.inside(up(ACK, 101, 901, 5)).forwarded()).isTrue();
        assertThat(firewall.outside(down(ACK, 901, 106, 5)).forwarded()).isTrue();
    }

    @Test
    void finsOnBothSidesCloseTheSession() {
        firewall.connected().news();
        firewall.inside(up(FIN | ACK, 101, 901, 0));
        assertThat(state()).isEqualTo(SessionState.CLOSING);
        firewall.outside(down(FIN | ACK, 901, 102, 0));
        assertThat(state()).isEqualTo(SessionState.CLOSING);
        firewall.inside(up(ACK, 102, 902, 0));
        assertThat(state()).isEqualTo(SessionState.CLOSED);
        assertThat(firewall.inside(up(ACK, 102, 902, 0)).forwarded()).isTrue();
        firewall.pass(10.2);
        assertThat(firewall.news()).containsExactly("v4 changed CLOSING", "v4 changed CLOSED", "v4 removed CLOSED");
    }

    @Test
    void anExactResetClosesTheSession() {
        firewall.connected();
        assertThat(firewall.outside(down(RST, 901, 0, 0)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void aResetOutsideOfTheWindowIsDroppedAndAnInexactOneClosesNothing() {
        firewall.connected();
        assertThat(firewall.outside(down(RST, 901 + 100_000, 0, 0)).reason()).isEqualTo(DropReason.TCP_WINDOW);
        assertThat(firewall.outside(down(RST, 950, 0, 0)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void aRefusedConnectionIsClosed() {
        firewall.inside(syn());
        assertThat(firewall.outside(down(RST | ACK, 0, 55, 0)).reason()).isEqualTo(DropReason.TCP_WINDOW);
        assertThat(firewall.outside(down(RST | ACK, 0, 101, 0)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void aNewSynReusesAClosedTuple() {
        firewall.connected();
        firewall.outside(down(RST, 901, 0, 0));
        firewall.news();
        assertThat(firewall.inside(up(SYN, 50_000, 0, 0)).forwarded()).isTrue();
        assertThat(firewall.news()).containsExactly("v4 removed CLOSED", "v4 changed NEW");
        assertThat(firewall.firewall.ipv4Sessions().size()).isEqualTo(1);
    }

    @Test
    void aConnectionThatBothSidesLostBeginsAgain() {
        firewall.connected().news();
        assertThat(firewall.inside(up(SYN, 500_000, 0, 0)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(firewall.outside(down(SYN | ACK, 700_000, 500_001, 0)).forwarded()).isTrue();
        assertThat(firewall.inside(up(ACK, 500_001, 700_001, 0)).forwarded()).isTrue();
        assertThat(firewall.news()).containsExactly("v4 removed ESTABLISHED", "v4 changed NEW", "v4 changed ANSWERED",
                "v4 changed ESTABLISHED");
    }

    @Test
    void anOldConnectionsAnswerToASynMayBeReset() {
        firewall.inside(syn());
        assertThat(firewall.outside(down(ACK, 4_000_000, 3_000_000, 0)).forwarded()).isTrue();
        assertThat(firewall.inside(up(RST, 3_000_000, 0, 0)).forwarded()).isTrue();
        assertThat(firewall.inside(syn()).forwarded()).isTrue();
        assertThat(firewall.outside(synAck()).forwarded()).isTrue();
    }

    @Test
    void impossibleFlagsAreDropped() {
        for (int flags : new int[] {0, FIN, SYN | FIN, SYN | RST, FIN | 0x20 | 8, 0x3f, FIN | RST | ACK, 0x20, 8}) {
            assertThat(firewall.inside(up(flags, 1, 1, 0)).reason()).as("flags " + flags).isEqualTo(DropReason.TCP_FLAGS);
        }
    }

    @Test
    void aSessionsPacketFromTheOtherInterfaceIsDropped() {
        firewall.connected();
        assertThat(firewall.outside(up(ACK, 101, 901, 5)).reason()).isEqualTo(DropReason.WRONG_INTERFACE);
    }

    @Test
    void theClientsDataBeforeAnAnswerIsDropped() {
        firewall.inside(syn());
        assertThat(firewall.inside(ack()).reason()).isEqualTo(DropReason.TCP_STATE);
    }

    @Test
    void eachStateHasItsTimeout() {
        firewall.inside(syn());
        firewall.pass(29);
        assertThat(firewall.firewall.ipv4Sessions().size()).isEqualTo(1);
        firewall.pass(1.2);
        assertThat(firewall.firewall.ipv4Sessions().size()).isZero();
        firewall.connected();
        firewall.pass(7439);
        assertThat(firewall.inside(up(ACK, 101, 901, 1)).forwarded()).isTrue();
        firewall.pass(7439);
        assertThat(firewall.firewall.ipv4Sessions().size()).isEqualTo(1);
        firewall.pass(2);
        assertThat(firewall.firewall.ipv4Sessions().size()).isZero();
    }

    @Test
    void aHalfClosedConnectionLivesForFourMinutes() {
        firewall.connected();
        assertThat(firewall.inside(up(FIN | ACK, 101, 901, 0)).forwarded()).isTrue();
        firewall.pass(239);
        assertThat(firewall.outside(down(ACK, 901, 102, 1)).forwarded()).isTrue();
        firewall.pass(239);
        assertThat(firewall.firewall.ipv4Sessions().size()).isEqualTo(1);
        firewall.pass(2);
        assertThat(firewall.firewall.ipv4Sessions().size()).isZero();
    }

    @Test
    void aSegmentOfASessionThatHasTimedOutFindsNone() {
        TestFirewall packets = new TestFirewall("clock", "packets").connected();
        packets.now += 7_441_000_000L;
        assertThat(packets.inside(up(ACK, 101, 901, 1)).reason()).isEqualTo(DropReason.NO_SESSION);
    }
}
