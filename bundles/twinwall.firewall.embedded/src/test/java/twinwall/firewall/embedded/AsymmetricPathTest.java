/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import twinwall.group.Share;

/** Two firewalls that both forward: the client's packets go through one, the server's through the other. */
class AsymmetricPathTest {

    private static final int INIT = 1;
    private static final int INIT_ACK = 2;
    private static final int COOKIE_ECHO = 10;
    private static final int COOKIE_ACK = 11;

    private final TestFirewall a = new TestFirewall();
    private final TestFirewall b = new TestFirewall();
    private final ConfirmingPeer toB = new ConfirmingPeer(a, b);
    private final ConfirmingPeer toA = new ConfirmingPeer(b, a);

    @BeforeEach
    void bothForward() {
        a.firewall.setForwarding(true, Share.FIRST_HALF);
        b.firewall.setForwarding(true, Share.SECOND_HALF);
    }

    @Test
    void aSynAckAloneMakesNoSession() {
        assertThat(a.inside(TestFirewall.syn()).forwarded()).isTrue();
        assertThat(b.outside(TestFirewall.synAck()).reason()).isEqualTo(DropReason.NO_SESSION);
    }

    @Test
    void theClientGoesOnAlsoWhereTheOtherFirewallsWordOfTheAnswerHasNotCome() {
        a.inside(TestFirewall.syn());
        toB.deliver();
        assertThat(b.outside(TestFirewall.synAck()).forwarded()).isTrue();
        assertThat(a.inside(TestFirewall.ack()).forwarded()).isTrue();
        assertThat(a.inside(TestFirewall.up(Frames.ACK, 101, 901, 10)).forwarded()).isTrue();
        assertThat(b.outside(TestFirewall.down(Frames.ACK, 901, 111, 500)).forwarded()).isTrue();
        toA.deliver();
        toB.deliver();
        assertThat(a.inside(TestFirewall.up(Frames.ACK, 111, 1401, 10)).forwarded()).isTrue();
        assertThat(b.outside(TestFirewall.down(Frames.ACK, 1401, 121, 500)).forwarded()).isTrue();
    }

    @Test
    void whatDoesNotFollowTheSynIsNoAnswerToAnAnswer() {
        a.inside(TestFirewall.syn());
        assertThat(a.inside(TestFirewall.up(Frames.ACK, 5000, 901, 0)).reason()).isEqualTo(DropReason.TCP_STATE);
    }

    @Test
    void aFirewallThatForwardsAloneMustHaveSeenTheAnswer() {
        a.firewall.setForwarding(true, Share.ALL);
        a.inside(TestFirewall.syn());
        assertThat(a.inside(TestFirewall.ack()).reason()).isEqualTo(DropReason.TCP_STATE);
    }

    @Test
    void anSctpAssociationIsSetUpThroughBoth() {
        assertThat(a.inside(fromClient(0, INIT, 77)).forwarded()).isTrue();
        assertThat(b.outside(fromServer(77, INIT_ACK, 88)).reason()).as("without its session").isEqualTo(DropReason.NO_SESSION);
        toB.deliver();
        assertThat(b.outside(fromServer(77, INIT_ACK, 88)).forwarded()).isTrue();
        assertThat(a.inside(fromClient(88, COOKIE_ECHO, 0)).forwarded()).isTrue();
        assertThat(b.outside(fromServer(77, COOKIE_ACK, 0)).forwarded()).isTrue();
    }

    private static byte[] fromClient(int tag, int chunk, int initiateTag) {
        return Frames.sctp(TestFirewall.CLIENT, 4000, TestFirewall.SERVER, 80, tag, chunk, 0, initiateTag);
    }

    private static byte[] fromServer(int tag, int chunk, int initiateTag) {
        return Frames.sctp(TestFirewall.SERVER, 80, TestFirewall.CLIENT, 4000, tag, chunk, 0, initiateTag);
    }
}
