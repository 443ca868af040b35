/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import twinwall.firewall.ConfirmStatus;
import twinwall.firewall.PeerAnswer.Outcome;

/** The first packet of a session waits until the peer has the session. */
class ConfirmBeforeForwardTest {

    private static final int BOUND_MILLIS = 20;

    private final List<String> left = new ArrayList<>();
    private final List<byte[]> frames = new ArrayList<>();
    private TestFirewall a = firewall();
    private TestFirewall b = new TestFirewall("napt_pool", "203.0.113.1");
    private ConfirmingPeer peer = new ConfirmingPeer(a, b);
    private long number;

    private static TestFirewall firewall(String... more) {
        List<String> settings = new ArrayList<>(List.of("confirm_before_forward", "true", "confirm_bound_ms", "" + BOUND_MILLIS));
        settings.addAll(Arrays.asList(more));
        return new TestFirewall(settings.toArray(String[]::new));
    }

    private void restart(String... more) {
        a = firewall(more);
        peer = new ConfirmingPeer(a, b);
    }

    private Verdict inside(byte[] frame) {
        return send(EmbeddedFirewall.INSIDE, frame);
    }

    private Verdict send(int in, byte[] frame) {
        return a.firewall.process(a.now, in, new Frame(frame.clone()), this::settled, ++number);
    }

    private void settled(long of, Verdict verdict, Frame frame) {
        left.add(of + " " + verdict);
        frames.add(Arrays.copyOfRange(frame.bytes, frame.offset, frame.offset + frame.length));
    }

    private static byte[] syn(int port) {
        return Frames.tcp(TestFirewall.CLIENT, port, TestFirewall.SERVER, 80, Frames.SYN, 100, 0, 0);
    }

    private static byte[] query(int port, int data) {
        return Frames.udp(TestFirewall.CLIENT, port, TestFirewall.SERVER, 53, data);
    }

    private ConfirmStatus status() {
        return a.firewall.confirmStatus();
    }

    private long count(String name) {
        return status().counts().get(name);
    }

    private void pass(int millis) {
        a.pass(millis / 1000.0);
    }

    @Test
    void theSynLeavesOnceThePeerHasTheSessionAndTheAnswerPassesThere() {
        assertThat(inside(TestFirewall.syn())).isEqualTo(Verdict.HELD);
        assertThat(left).isEmpty();
        assertThat(b.outside(TestFirewall.synAck()).reason()).as("before").isEqualTo(DropReason.NO_SESSION);
        a.now += 700;
        a.firewall.tick(a.now);
        peer.deliver();
        assertThat(left).containsExactly("1 forwarded to interface 1");
        assertThat(frames.get(0)).isEqualTo(TestFirewall.syn());
        assertThat(b.outside(TestFirewall.synAck()).forwarded()).as("after").isTrue();
        assertThat(status().p50Micros()).isEqualTo(700);
        assertThat(count("held")).isEqualTo(1);
        assertThat(count("confirmed")).isEqualTo(1);
        assertThat(a.firewall.counters().forwarded()).isEqualTo(1);
    }

    @Test
    void itWaitsForTheMappingOfItsSessionToo() {
        restart("napt_pool", "203.0.113.1");
        assertThat(inside(TestFirewall.syn()).held()).isTrue();
        assertThat(peer.told).containsExactly("napt", "ipv4-session");
        peer.deliverNext();
        assertThat(left).as("the mapping alone").isEmpty();
        peer.deliverNext();
        assertThat(left).hasSize(1);
        String[] seen = Frames.source(frames.get(0)).split(":");
        assertThat(b.outside(Frames.tcp(TestFirewall.SERVER, 80, seen[0], Integer.parseInt(seen[1]), Frames.SYN | Frames.ACK, 900, 101, 0))
                .forwarded()).isTrue();
    }

    @Test
    void itWaitsForTheBlockOfPortsThatAnEarlierSessionMade() {
        restart("napt_pool", "203.0.113.1", "napt_port_blocks", "true", "napt_port_block_size", "64");
        inside(syn(4000));
        inside(syn(4001));
        List<ConfirmingPeer.Change> changes = new ArrayList<>(peer.underWay);
        assertThat(changes).extracting(ConfirmingPeer.Change::table).containsExactlyInAnyOrder("port-block", "napt", "ipv4-session", "napt",
                "ipv4-session");
        List<ConfirmingPeer.Change> block = changes.stream().filter(change -> change.table().equals("port-block")).toList();
        changes.stream().filter(change -> !block.contains(change)).forEach(change -> change.answer().done(Outcome.ON_PEER));
        assertThat(left).as("the second session needs the block too").isEmpty();
        block.get(0).answer().done(Outcome.ON_PEER);
        assertThat(left).containsExactly("1 forwarded to interface 1", "2 forwarded to interface 1");
    }

    @Test
    void laterPacketsOfTheSessionWaitBehindTheFirstInOrderAndOthersDoNot() {
        inside(query(5000, 10));
        assertThat(inside(query(5000, 20)).held()).isTrue();
        assertThat(inside(query(5000, 30)).held()).isTrue();
        assertThat(status().waiting()).isEqualTo(3);
        peer.deliver();
        assertThat(left).containsExactly("1 forwarded to interface 1", "2 forwarded to interface 1", "3 forwarded to interface 1");
        assertThat(frames).extracting(frame -> frame.length).containsExactly(52, 62, 72);
        assertThat(inside(query(5000, 40)).forwarded()).as("nothing waits any more").isTrue();
        assertThat(status().waiting()).isZero();
    }

    @Test
    void packetsThatComeWhileTheFirstLeavesLeaveBehindIt() {
        List<Verdict> nested = new ArrayList<>();
        a.firewall.process(a.now, EmbeddedFirewall.INSIDE, new Frame(query(5000, 10)), (of, verdict, frame) -> {
            settled(of, verdict, frame);
            nested.add(send(EmbeddedFirewall.INSIDE, query(5000, 20)));
        }, 99);
        peer.deliver();
        assertThat(nested).containsExactly(Verdict.HELD);
        assertThat(left).containsExactly("99 forwarded to interface 1", "1 forwarded to interface 1");
    }

    @Test
    void onlyTheFirstPacketOfASessionWaits() {
        inside(TestFirewall.syn());
        peer.deliver();
        assertThat(send(EmbeddedFirewall.OUTSIDE, TestFirewall.synAck()).forwarded()).isTrue();
        assertThat(inside(TestFirewall.ack()).forwarded()).isTrue();
        assertThat(count("held")).isEqualTo(1);
    }

    @Test
    void aPacketThatHasWaitedAsLongAsItMayGoesOn() {
        inside(syn(4000));
        pass(BOUND_MILLIS - 1);
        assertThat(left).isEmpty();
        pass(1);
        assertThat(left).containsExactly("1 forwarded to interface 1");
        assertThat(count("bound-hit")).isEqualTo(1);
        peer.deliver();
        assertThat(left).as("a late answer changes nothing").hasSize(1);
        assertThat(count("confirmed")).isZero();
    }

    @Test
    void orItIsDroppedWhereThatIsWanted() {
        restart("confirm_on_bound", "drop");
        inside(syn(4000));
        pass(BOUND_MILLIS);
        assertThat(left).containsExactly("1 dropped: not-confirmed");
        assertThat(count("dropped")).isEqualTo(1);
        assertThat(a.firewall.counters().dropped(DropReason.NOT_CONFIRMED)).isEqualTo(1);
        assertThat(a.firewall.counters().forwarded()).isZero();
    }

    @Test
    void whoWaitsForTheFirewallIsToldHowLongThePacketsMayStillWait() {
        assertThat(a.firewall.releaseOverdue()).as("nothing waits").isEqualTo(-1);
        inside(syn(4000));
        a.now += 5000;
        inside(syn(4001));
        assertThat(a.firewall.releaseOverdue()).isEqualTo(15_000);
    }

    @Test
    void afterThreeBoundsInARowNothingWaitsUntilThePeerIsFastAgain() {
        for (int i = 0; i < 3; i++) {
            inside(syn(4000 + i));
            pass(BOUND_MILLIS);
        }
        assertThat(status().state()).isEqualTo("peer-slow");
        assertThat(status().why()).isEqualTo("the peer did not confirm 3 sessions in a row within 20 ms");
        assertThat(inside(syn(4100)).forwarded()).as("as with quick backup alone").isTrue();
        peer.deliver();
        for (int i = 0; i < 7; i++) {
            assertThat(inside(syn(4200 + i)).forwarded()).as("probe " + i).isTrue();
            peer.deliver();
        }
        assertThat(status().state()).isEqualTo("holding");
        assertThat(inside(syn(4300)).held()).isTrue();
        assertThat(count("fell-back")).isEqualTo(1);
    }

    @Test
    void answersThatAreStillSlowDoNotCount() {
        for (int i = 0; i < 3; i++) {
            inside(syn(4000 + i));
            pass(BOUND_MILLIS);
        }
        peer.deliver();
        for (int i = 0; i < 20; i++) {
            inside(syn(4100 + i));
            pass(BOUND_MILLIS - 5);
            peer.deliver();
        }
        assertThat(status().state()).isEqualTo("peer-slow");
    }

    @Test
    void whatWaitsWhenThePeerIsGivenUpGoesOnAtOnce() {
        restart("confirm_on_bound", "drop");
        for (int i = 0; i < 2; i++) {
            inside(syn(4000 + i));
            pass(BOUND_MILLIS);
        }
        inside(syn(4002));
        a.now += 10_000;
        inside(syn(4003));
        pass(BOUND_MILLIS - 10);
        assertThat(left).containsExactly("1 dropped: not-confirmed", "2 dropped: not-confirmed", "3 dropped: not-confirmed",
                "4 forwarded to interface 1");
    }

    @Test
    void withoutAPeerNothingWaitsWhateverTheBoundMeans() {
        restart("confirm_on_bound", "drop");
        peer.atOnce = Outcome.NO_PEER;
        assertThat(inside(syn(4000)).forwarded()).isTrue();
        assertThat(status().state()).isEqualTo("no-peer");
        assertThat(status().why()).isEqualTo("there is no link to the peer");
        peer.atOnce = null;
        assertThat(inside(syn(4001)).forwarded()).as("shows that the peer is back").isTrue();
        peer.deliver();
        assertThat(status().state()).isEqualTo("holding");
        assertThat(inside(syn(4002)).held()).isTrue();
    }

    @Test
    void aPeerThatGoesMeanwhileHoldsNothingUp() {
        inside(syn(4000));
        inside(syn(4001));
        peer.fail(Outcome.NO_PEER);
        assertThat(left).containsExactly("1 forwarded to interface 1", "2 forwarded to interface 1");
        assertThat(status().state()).isEqualTo("no-peer");
        assertThat(count("given-up")).isEqualTo(2);
    }

    @Test
    void withoutQuickBackupNothingWaitsAndTheStatusSaysWhatIsMissing() {
        peer.atOnce = Outcome.NOT_DUE;
        assertThat(inside(syn(4000)).forwarded()).isTrue();
        assertThat(status().state()).isEqualTo("needs-quick-backup");
        assertThat(status().why()).startsWith("quick backup is off");
        peer.atOnce = null;
        assertThat(inside(syn(4001)).held()).as("switched on: from the next session on").isTrue();
        peer.deliver();
        peer.atOnce = Outcome.NOT_DUE;
        assertThat(inside(syn(4002)).forwarded()).as("switched off again").isTrue();
        assertThat(status().state()).isEqualTo("needs-quick-backup");
    }

    @Test
    void aTableThatThePeerDoesNotFollowIsNotWaitedFor() {
        restart("napt_pool", "203.0.113.1");
        inside(syn(4000));
        peer.underWay.poll().answer().done(Outcome.NOT_FOLLOWED);
        peer.deliver();
        assertThat(left).hasSize(1);
        assertThat(status().why()).isEqualTo("the peer does not follow a table that the session needs");
    }

    @Test
    void moreFramesThanThereIsRoomForDoNotWait() {
        IntStream.range(0, 4096).forEach(i -> inside(query(10_000 + i, 10)));
        assertThat(status().waiting()).isEqualTo(4096);
        assertThat(inside(query(9000, 10)).forwarded()).isTrue();
        assertThat(count("no-room")).isEqualTo(1);
        peer.deliver();
        assertThat(left).hasSize(4096);
        assertThat(status().waiting()).isZero();
        assertThat(inside(query(9001, 10)).held()).isTrue();
    }

    @Test
    void whereThereIsNoPlaceForThemLaterPacketsDoNotWait() {
        assertThat(a.inside(syn(4000)).forwarded()).isTrue();
        assertThat(count("held")).isZero();
    }

    @Test
    void aFirewallThatForwardsNoMoreLetsNothingOut() {
        inside(syn(4000));
        a.firewall.setForwarding(false);
        assertThat(left).containsExactly("1 dropped: standby");
        assertThat(status().waiting()).isZero();
    }

    @Test
    void whatIsNotConfiguredIsNotAskedFor() {
        a = new TestFirewall();
        peer = new ConfirmingPeer(a, b);
        assertThat(inside(syn(4000)).forwarded()).isTrue();
        assertThat(peer.told).isEmpty();
        assertThat(status().state()).isEqualTo("off");
    }

    @Test
    void aPacketThatIsDroppedWaitsForNothing() {
        assertThat(send(EmbeddedFirewall.OUTSIDE, TestFirewall.synAck()).reason()).isEqualTo(DropReason.NO_SESSION);
        assertThat(inside(Frames.tcp(TestFirewall.CLIENT, 4000, TestFirewall.SERVER, 80, Frames.ACK, 1, 1, 0)).forwarded()).isFalse();
        assertThat(count("held")).isZero();
    }
}
