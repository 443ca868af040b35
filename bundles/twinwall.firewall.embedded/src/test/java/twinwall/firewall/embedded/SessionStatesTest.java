/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.SessionState;

/** What the backup timing goes by: with which packet a session of each protocol is set up, and whose it is. */
class SessionStatesTest {

    private static final String CLIENT = TestFirewall.CLIENT;
    private static final String SERVER = TestFirewall.SERVER;
    private static final String OWN = "10.0.0.1";
    private static final int ECHO = 8;

    private final TestFirewall firewall = new TestFirewall("own_addresses", OWN, "pcp_address", "10.0.0.2", "pcp_pool", "203.0.113.7");

    private Ipv4Session session() {
        assertThat(firewall.firewall.ipv4Sessions().size()).isEqualTo(1);
        return TestFirewall.entries(firewall.firewall.ipv4Sessions()).get(0);
    }

    private SessionState state() {
        return session().state();
    }

    @Test
    void tcpIsSetUpAfterTheThreeWayHandshake() {
        firewall.inside(TestFirewall.syn());
        assertThat(state()).isEqualTo(SessionState.NEW);
        firewall.outside(TestFirewall.synAck());
        assertThat(state()).isEqualTo(SessionState.ANSWERED);
        firewall.inside(TestFirewall.ack());
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(session().local()).isFalse();
    }

    @Test
    void udpAndOtherProtocolsAreSetUpByTheClientsSecondPacket() {
        for (int protocol : new int[] {17, 47, 50}) {
            TestFirewall own = new TestFirewall();
            byte[] packet = protocol == 17 ? Frames.udp(CLIENT, 1000, SERVER, 53, 9)
                    : Frames.ip(CLIENT, SERVER, protocol, new byte[30], -1);
            byte[] back = protocol == 17 ? Frames.udp(SERVER, 53, CLIENT, 1000, 9) : Frames.ip(SERVER, CLIENT, protocol, new byte[30], -1);
            own.inside(packet.clone());
            assertThat(TestFirewall.entries(own.firewall.ipv4Sessions()).get(0).state()).isEqualTo(SessionState.NEW);
            own.outside(back);
            assertThat(TestFirewall.entries(own.firewall.ipv4Sessions()).get(0).state()).as("an answer").isEqualTo(SessionState.ANSWERED);
            own.inside(packet);
            assertThat(TestFirewall.entries(own.firewall.ipv4Sessions()).get(0).state()).isEqualTo(SessionState.ESTABLISHED);
        }
    }

    @Test
    void sctpIsSetUpAfterTheFourWayHandshake() {
        firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 0, 1, 0, 111));
        assertThat(state()).isEqualTo(SessionState.NEW);
        firewall.outside(Frames.sctp(SERVER, 2, CLIENT, 1, 111, 2, 0, 222));
        firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 222, 10, 0, 0));
        assertThat(state()).isEqualTo(SessionState.ANSWERED);
        firewall.outside(Frames.sctp(SERVER, 2, CLIENT, 1, 111, 11, 0, 0));
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void aPingToTheFirewallItselfIsAnsweredAndItsSessionIsLocal() {
        TestFirewall.Passage answer = firewall.send(EmbeddedFirewall.INSIDE, Frames.icmp(CLIENT, OWN, ECHO, 7, 1, new byte[20]));
        assertThat(answer.verdict().egress()).isEqualTo(EmbeddedFirewall.INSIDE);
        assertThat(answer.frame().bytes).isEqualTo(turned(Frames.icmp(OWN, CLIENT, 0, 7, 1, new byte[20])));
        assertThat(session().local()).isTrue();
        firewall.send(EmbeddedFirewall.INSIDE, Frames.icmp(CLIENT, OWN, ECHO, 7, 2, new byte[20]));
        assertThat(session().forwardPackets()).isEqualTo(2);
        firewall.pass(11);
        assertThat(firewall.firewall.ipv4Sessions().size()).as("after icmp_timeout_s").isZero();
    }

    /** Frames of tests all have the same hardware addresses; an answer has them the other way round. */
    private static byte[] turned(byte[] frame) {
        byte[] turned = frame.clone();
        System.arraycopy(frame, 0, turned, 6, 6);
        System.arraycopy(frame, 6, turned, 0, 6);
        return turned;
    }

    @Test
    void aPingWithAWrongChecksumIsNotAnswered() {
        byte[] ping = Frames.icmp(CLIENT, OWN, ECHO, 7, 1, new byte[20]);
        ping[ping.length - 1] ^= 1;
        assertThat(firewall.inside(ping).reason()).isEqualTo(DropReason.TRANSPORT_CHECKSUM);
        assertThat(firewall.firewall.ipv4Sessions().size()).isZero();
    }

    @Test
    void whatThePeerHadOfItsOwnIsItsOwnHereToo() {
        firewall.send(EmbeddedFirewall.INSIDE, Frames.icmp(CLIENT, OWN, ECHO, 7, 1, new byte[20]));
        TestFirewall peer = new TestFirewall("own_addresses", OWN);
        firewall.copyTo(peer);
        assertThat(TestFirewall.entries(peer.firewall.ipv4Sessions()).get(0).local()).isTrue();
        peer.takeOverFrom(firewall);
        peer.send(EmbeddedFirewall.INSIDE, Frames.icmp(CLIENT, OWN, ECHO, 7, 2, new byte[20]));
        assertThat(TestFirewall.entries(peer.firewall.ipv4Sessions()).get(0).forwardPackets()).isEqualTo(2);
    }
}
