/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.PeerLink.dropped;
import static twinwall.firewall.embedded.PeerLink.peerPackets;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import twinwall.firewall.EntryRefusedException;

/** Packets that come to a firewall while its work is handed over to the peer. */
class HandoverTest {

    private TestFirewall a = new TestFirewall();
    private final TestFirewall b = new TestFirewall();
    private PeerLink link = new PeerLink(a, b);

    HandoverTest() {
        b.firewall.setForwarding(false);
    }

    private void restart(String... settings) {
        a = new TestFirewall(settings);
        link = new PeerLink(a, b);
    }

    private void stop() {
        a.pass(0);
        a.firewall.peerTraffic().handsOver();
        a.firewall.setForwarding(false);
    }

    private void taken() {
        TestFirewall.entries(a.firewall.ipv4Sessions()).forEach(session -> {
            try {
                b.firewall.ipv4Sessions().restore(session);
            } catch (EntryRefusedException e) {
                throw new AssertionError(e);
            }
        });
        b.firewall.setForwarding(true);
        b.firewall.peerTraffic().roleChanged();
        a.firewall.peerTraffic().handedOver();
    }

    private static byte[] data(int number) {
        return TestFirewall.up(Frames.ACK, 101 + number * 10, 901, 10);
    }

    @Test
    void theyAreKeptUntilThePeerForwardsAndLeaveThereInOrder() {
        a.connected();
        stop();
        for (int i = 0; i < 500; i++) {
            assertThat(a.inside(data(i))).isEqualTo(Verdict.REDIRECTED);
        }
        link.deliver();
        assertThat(link.leftB).as("nobody forwards").isEmpty();
        taken();
        link.deliver();
        assertThat(link.leftB).hasSize(500).containsOnly(Verdict.forwarded(EmbeddedFirewall.OUTSIDE));
        for (int i = 0; i < 500; i++) {
            assertThat(link.framesB.get(i)).isEqualTo(data(i));
        }
        assertThat(a.firewall.counters().redirected()).isEqualTo(500);
        assertThat(peerPackets(a, "handed-over")).isEqualTo(500);
        assertThat(peerPackets(b, "taken-forwarded")).isEqualTo(500);
        assertThat(dropped(a, DropReason.STANDBY)).isZero();
    }

    @Test
    void newSessionsBeginOnThePeer() {
        stop();
        assertThat(a.inside(TestFirewall.syn())).isEqualTo(Verdict.REDIRECTED);
        taken();
        link.deliver();
        assertThat(link.leftB).containsExactly(Verdict.forwarded(EmbeddedFirewall.OUTSIDE));
        assertThat(b.firewall.ipv4Sessions().size()).isEqualTo(1);
    }

    @Test
    void thoseThatStillComeAfterwardsGoToThePeerForAWhile() {
        a.connected();
        stop();
        taken();
        assertThat(a.inside(data(0))).isEqualTo(Verdict.REDIRECTED);
        link.deliver();
        assertThat(link.leftB).hasSize(1);
        a.now += 1_000_001;
        assertThat(a.inside(data(1)).reason()).as("by now everybody knows").isEqualTo(DropReason.STANDBY);
    }

    @Test
    void whenThePeerDoesNotTakeItTheyAreForwardedHere() {
        a.connected();
        stop();
        a.inside(data(0));
        a.inside(data(1));
        a.firewall.setForwarding(true);
        a.firewall.peerTraffic().roleChanged();
        assertThat(link.leftA).containsExactly(Verdict.forwarded(EmbeddedFirewall.OUTSIDE), Verdict.forwarded(EmbeddedFirewall.OUTSIDE));
        assertThat(link.framesA.get(1)).isEqualTo(data(1));
        assertThat(peerPackets(a, "kept-after-all")).isEqualTo(2);
        link.deliver();
        assertThat(link.leftB).isEmpty();
    }

    @Test
    void nothingWaitsLongerThanItMay() {
        stop();
        a.inside(TestFirewall.syn());
        a.inside(TestFirewall.syn());
        assertThat(a.firewall.peerTraffic().send()).as("micros left").isEqualTo(1_000_000);
        a.pass(1);
        assertThat(a.firewall.peerTraffic().send()).isEqualTo(-1);
        assertThat(dropped(a, DropReason.HANDOVER_LIMIT)).isEqualTo(2);
        taken();
        link.deliver();
        assertThat(link.leftB).isEmpty();
    }

    @Test
    void whatWasTakenInTimeIsStillGivenToThePeer() {
        stop();
        taken();
        a.inside(TestFirewall.syn());
        a.now += 1_000_001;
        assertThat(a.inside(TestFirewall.syn()).reason()).isEqualTo(DropReason.STANDBY);
        link.deliver();
        assertThat(link.leftB).hasSize(1);
        assertThat(dropped(a, DropReason.HANDOVER_LIMIT)).isZero();
        assertThat(a.firewall.peerTraffic().send()).as("it is over").isEqualTo(-1);
    }

    @Test
    void noMoreWaitThanMay() {
        stop();
        int kept = 0;
        while (a.inside(TestFirewall.syn()).redirected()) {
            kept++;
        }
        assertThat(kept).isEqualTo(16_384);
        assertThat(dropped(a, DropReason.HANDOVER_LIMIT)).isEqualTo(1);
        taken();
        link.deliver();
        assertThat(link.leftB).hasSize(kept);
    }

    @Test
    void aLinkThatTakesNoMoreIsAskedAgain() {
        stop();
        a.inside(TestFirewall.syn());
        taken();
        link.up = false;
        assertThat(a.firewall.peerTraffic().send()).as("micros until then").isEqualTo(1000);
        link.up = true;
        link.deliver();
        assertThat(link.leftB).hasSize(1);
    }

    @Test
    void withoutAHandoverAStandbyDropsAndSoItDoesWhenItShallNotKeepAny() {
        a.firewall.setForwarding(false);
        assertThat(a.inside(TestFirewall.syn()).reason()).isEqualTo(DropReason.STANDBY);
        restart("handover_hold_ms", "0");
        stop();
        assertThat(a.inside(TestFirewall.syn()).reason()).isEqualTo(DropReason.STANDBY);
        restart();
        a.firewall.peerTraffic().outlet(null);
        stop();
        assertThat(a.inside(TestFirewall.syn()).reason()).as("nothing could leave here on its own").isEqualTo(DropReason.STANDBY);
    }

    @Test
    void aMessageThatIsEarlierThanTheRoleWaitsForIt() throws Exception {
        stop();
        a.inside(TestFirewall.syn());
        a.firewall.peerTraffic().handedOver();
        a.firewall.peerTraffic().send();
        CompletableFuture<Void> delivered = CompletableFuture.runAsync(() -> b.firewall.peerTraffic().message(link.toB.poll()));
        b.firewall.setForwarding(true);
        b.firewall.peerTraffic().roleChanged();
        delivered.get(10, TimeUnit.SECONDS);
        assertThat(link.leftB).containsExactly(Verdict.forwarded(EmbeddedFirewall.OUTSIDE));
    }

    @Test
    void aPacketThatWaitedForThePeersConfirmationLeavesWhenTheWorkIsHandedOver() {
        restart("confirm_before_forward", "true");
        new ConfirmingPeer(a, b);
        Verdict[] late = new Verdict[1];
        Verdict held = a.firewall.process(a.now, EmbeddedFirewall.INSIDE, new Frame(TestFirewall.syn()), (number, verdict, frame) ->
                late[0] = verdict, 1);
        assertThat(held.held()).isTrue();
        stop();
        assertThat(late[0]).isEqualTo(Verdict.forwarded(EmbeddedFirewall.OUTSIDE));
    }
}
