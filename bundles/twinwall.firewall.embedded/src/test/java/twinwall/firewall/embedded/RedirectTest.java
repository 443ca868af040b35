/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.PeerLink.dropped;
import static twinwall.firewall.embedded.PeerLink.peerPackets;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import twinwall.group.Share;

/** In load balancing: packets that come to one firewall, of sessions that only the other one knows. */
class RedirectTest {

    private final TestFirewall a = sharing(Share.FIRST_HALF, "asymmetric", "redirect", "napt_pool", TestFirewall.PUBLIC);
    private TestFirewall b = sharing(Share.SECOND_HALF, "asymmetric", "redirect", "napt_pool", TestFirewall.PUBLIC);
    private PeerLink link = new PeerLink(a, b);

    private static TestFirewall sharing(Share share, String... settings) {
        TestFirewall firewall = new TestFirewall(settings);
        firewall.firewall.setForwarding(true, share);
        firewall.pass(0);
        return firewall;
    }

    private void other(String... settings) {
        b = sharing(Share.SECOND_HALF, settings);
        link = new PeerLink(a, b);
    }

    /** The public endpoint that a client's first packet left with. */
    private String[] seen(byte[] first) {
        assertThat(a.inside(first).forwarded()).isTrue();
        return Frames.source(first).split(":");
    }

    private static byte[] synAck(String[] to) {
        return Frames.tcp(TestFirewall.SERVER, 80, to[0], Integer.parseInt(to[1]), Frames.SYN | Frames.ACK, 900, 101, 0);
    }

    @Test
    void anAnswerThatComesToTheOtherFirewallLeavesTheOneThatHasTheSession() {
        String[] seen = seen(TestFirewall.syn());
        byte[] answer = synAck(seen);
        byte[] before = answer.clone();
        Verdict verdict = b.outside(answer);
        assertThat(verdict).isEqualTo(Verdict.REDIRECTED);
        assertThat(verdict.forwarded()).isFalse();
        assertThat(answer).as("left as it was").isEqualTo(before);
        link.deliver();
        assertThat(link.leftA).containsExactly(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.destination(link.framesA.get(0))).isEqualTo("10.0.0.5:4000");
        assertThat(a.inside(TestFirewall.ack()).forwarded()).as("set up").isTrue();
        assertThat(b.firewall.counters().redirected()).isEqualTo(1);
        assertThat(b.firewall.counters().dropped().values()).containsOnly(0L);
        assertThat(peerPackets(b, "redirected")).isEqualTo(1);
        assertThat(peerPackets(a, "taken-forwarded")).isEqualTo(1);
    }

    @Test
    void anAnswerByUdpAndAnIcmpErrorAreRedirectedToo() {
        String[] seen = seen(Frames.udp(TestFirewall.CLIENT, 5000, TestFirewall.SERVER, 53, 10));
        byte[] asked = Frames.udp(seen[0], Integer.parseInt(seen[1]), TestFirewall.SERVER, 53, 10);
        assertThat(b.outside(Frames.udp(TestFirewall.SERVER, 53, seen[0], Integer.parseInt(seen[1]), 20))).isEqualTo(Verdict.REDIRECTED);
        assertThat(b.outside(Frames.error("192.0.2.1", seen[0], 3, asked, 28))).isEqualTo(Verdict.REDIRECTED);
        link.deliver();
        assertThat(link.leftA).hasSize(2).allMatch(Verdict::forwarded);
        assertThat(Frames.destination(link.framesA.get(0))).isEqualTo("10.0.0.5:5000");
    }

    @Test
    void whatThePeerDoesNotKnowEitherIsDroppedThereAndNeverComesBack() {
        assertThat(b.outside(synAck(new String[] {TestFirewall.PUBLIC, "1024"}))).isEqualTo(Verdict.REDIRECTED);
        link.deliver();
        assertThat(link.leftA).isEmpty();
        assertThat(link.leftB).isEmpty();
        assertThat(dropped(a, DropReason.REDIRECTED_UNKNOWN)).isEqualTo(1);
        assertThat(a.firewall.counters().redirected()).isZero();
        assertThat(peerPackets(a, "taken-dropped")).isEqualTo(1);
    }

    @Test
    void itDoesNotComeBackEitherWhenThePeerHasJustHandedItsWorkOver() {
        String[] seen = seen(TestFirewall.syn());
        assertThat(b.outside(synAck(seen))).isEqualTo(Verdict.REDIRECTED);
        a.firewall.peerTraffic().handsOver();
        a.firewall.setForwarding(false);
        assertThat(a.inside(TestFirewall.ack())).as("what comes there is kept").isEqualTo(Verdict.REDIRECTED);
        b.firewall.setForwarding(true, Share.ALL);
        a.firewall.peerTraffic().handedOver();
        link.deliver();
        assertThat(dropped(a, DropReason.STANDBY)).isEqualTo(1);
        assertThat(peerPackets(a, "taken-dropped")).isEqualTo(1);
        assertThat(peerPackets(a, "handed-over")).as("the one that came to it only").isEqualTo(1);
    }

    @Test
    void itBeginsNoSessionThere() {
        other("asymmetric", "redirect", "napt_pool", TestFirewall.PUBLIC, "rules", "deny any->any");
        assertThat(b.inside(Frames.udp(TestFirewall.CLIENT, 5000, TestFirewall.SERVER, 53, 10))).isEqualTo(Verdict.REDIRECTED);
        link.deliver();
        assertThat(dropped(a, DropReason.REDIRECTED_UNKNOWN)).as("though its rules would let it").isEqualTo(1);
        assertThat(a.firewall.ipv4Sessions().size()).isZero();
    }

    @Test
    void whatMayBeginASessionIsNotRedirectedWhenItIsDenied() {
        byte[] syn = Frames.tcp(TestFirewall.SERVER, 80, TestFirewall.PUBLIC, 1024, Frames.SYN, 1, 0, 0);
        assertThat(b.outside(syn).reason()).isEqualTo(DropReason.DENIED);
        byte[] echo = Frames.icmp(TestFirewall.SERVER, TestFirewall.PUBLIC, 8, 7, 1, new byte[8]);
        assertThat(b.outside(echo).reason()).isEqualTo(DropReason.DENIED);
    }

    @Test
    void itIsOffByDefaultAndWhereThePeerDoesNotForward() {
        other("napt_pool", TestFirewall.PUBLIC);
        assertThat(b.outside(TestFirewall.synAck()).reason()).isEqualTo(DropReason.NO_SESSION);
        assertThat(a.outside(TestFirewall.synAck())).isEqualTo(Verdict.REDIRECTED);
        link.deliver();
        assertThat(peerPackets(b, "refused-message")).as("not wanted there").isEqualTo(1);
        a.firewall.setForwarding(true, Share.ALL);
        assertThat(a.outside(TestFirewall.synAck()).reason()).as("alone").isEqualTo(DropReason.NO_SESSION);
    }

    @Test
    void soManyWaitAndSoManyASecondAndNoMore() {
        int first = 0;
        while (b.outside(TestFirewall.synAck()).redirected()) {
            first++;
        }
        assertThat(first).as("waiting").isEqualTo(1024);
        assertThat(dropped(b, DropReason.REDIRECT_LIMIT)).isEqualTo(1);
        other("asymmetric", "redirect", "redirect_packets_per_s", "10");
        int inASecond = 0;
        for (int i = 0; i < 100; i++) {
            inASecond += b.outside(TestFirewall.synAck()).redirected() ? 1 : 0;
            link.deliver();
        }
        assertThat(inASecond).isEqualTo(10);
        b.pass(1);
        assertThat(b.outside(TestFirewall.synAck())).as("the next second").isEqualTo(Verdict.REDIRECTED);
    }

    @Test
    void withoutALinkItIsDroppedAndCounted() {
        link.up = false;
        b.outside(TestFirewall.synAck());
        link.deliver();
        assertThat(dropped(b, DropReason.REDIRECT_LIMIT)).isEqualTo(1);
        assertThat(peerPackets(b, "redirected")).isZero();
    }

    @Test
    void whereNothingLeavesOnItsOwnItIsDroppedAndCounted() {
        String[] seen = seen(TestFirewall.syn());
        a.firewall.peerTraffic().outlet(null);
        b.outside(synAck(seen));
        link.deliver();
        assertThat(dropped(a, DropReason.NO_OUTLET)).isEqualTo(1);
    }

    @Test
    void asymmetricTrafficIsNotTakenForAScan() {
        other("asymmetric", "redirect", "scan_ports", "3");
        for (int port = 1; port < 20; port++) {
            b.outside(Frames.tcp(TestFirewall.SERVER, 80, TestFirewall.CLIENT, port, Frames.ACK, 1, 1, 0));
        }
        assertThat(b.firewall.blacklistEntries().size()).isZero();
    }

    @Test
    void noMessageMakesItFail() {
        Random random = new Random(7);
        byte[] answer = synAck(seen(TestFirewall.syn()));
        b.outside(answer);
        b.firewall.peerTraffic().send();
        byte[] whole = link.toA.poll();
        for (int i = 0; i < 20_000; i++) {
            byte[] message = whole.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                message[random.nextInt(random.nextBoolean() ? 8 : message.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(message, random.nextInt(message.length + 1));
            a.firewall.peerTraffic().message(random.nextBoolean() ? message : cut);
        }
        assertThat(peerPackets(a, "refused-message")).isGreaterThan(1000);
        assertThat(peerPackets(a, "taken-dropped")).isGreaterThan(100);
    }
}
