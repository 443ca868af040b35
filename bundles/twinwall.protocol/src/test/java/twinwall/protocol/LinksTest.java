/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.group.Role;
import twinwall.link.HeartbeatLink;

/** Several heartbeat links: the first that is ready carries the data, and changing it loses and repeats nothing. */
class LinksTest {

    private final TestGroup group = inSync(USUAL.links(2));
    private int number;

    @Test
    void theFirstLinkCarriesTheDataAndBothCarryHellos() {
        assertThat(carriers()).containsExactly(true, false);
        HashSet<String> seen = new HashSet<>();
        group.tap = (end, frame) -> seen.add(end.link.order + " " + (Frames.type(frame) < FrameType.OFFER ? "hello" : "data"));
        put(100);
        group.run(300);
        assertThat(seen).containsExactlyInAnyOrder("0 hello", "0 data", "1 hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 21, 34})
    void whenTheFirstLinkBreaksTheSecondGoesOnWithoutLossOrRepetition(int millis) {
        group.links.get(0).bytesPerMilli = 400;
        for (int i = 0; i < millis; i++) {
            put(20);
            group.step();
        }
        group.links.get(0).down();
        put(20);
        group.untilQuiet();
        assertThat(carriers()).containsExactly(false, true);
        nothingLostNothingRepeated();
        assertThat(group.b.member.role()).as("nobody was lost").isEqualTo(Role.STANDBY);
    }

    /** A thread of the first link is about to say hello while the second is chosen: told on the first, that would lead the peer there. */
    @Test
    @Timeout(30)
    void aHelloThatWaitsWhileAnotherLinkIsChosenDoesNotTellOfThatChoice() throws InterruptedException {
        Session first = group.links.get(0).a.session;
        long choice = group.b.member.links().choice();
        ByteBuffer hello = ByteBuffer.allocate(HeartbeatLink.MAX_FRAME);
        first.sayHelloNow();
        Thread writer = new Thread(() -> first.next(hello, group.now));
        synchronized (group.a.member) {
            writer.start();
            while (writer.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            group.a.member.closed(first, group.now);
            assertThat(group.a.member.links().choice()).as("another choice").isGreaterThan(choice);
        }
        writer.join();

        byte[] said = Arrays.copyOf(hello.array(), hello.position());
        assertThat(Frames.type(said)).isEqualTo(FrameType.HELLO);
        group.links.get(0).b.receive(said, group.now);
        assertThat(group.b.member.links().choice()).isEqualTo(choice);
    }

    @Test
    void whenTheFirstLinkIsBackForAsLongAsItMustItCarriesTheDataAgainWithoutLossOrRepetition() {
        group.links.get(0).down();
        put(50);
        group.run(5);
        group.links.get(0).up = true;
        for (int i = 0; i < TestGroup.DETECTION_MILLIS - 20; i++) {
            put(10);
            group.step();
            assertThat(carriers().get(0)).as("it might go again").isFalse();
        }
        for (int i = 0; i < 60; i++) {
            put(10);
            group.step();
        }
        group.untilQuiet();
        assertThat(carriers()).containsExactly(true, false);
        nothingLostNothingRepeated();
    }

    @Test
    void aLinkThatComesAndGoesCarriesTheDataMoreAndMoreSeldom() {
        int changes = 0;
        boolean first = true;
        for (int turn = 0; turn < 100; turn++) {
            group.links.get(0).up = true;
            for (int i = 0; i < 2 * TestGroup.DETECTION_MILLIS; i++) {
                group.step();
                changes += first == carriers().get(0) ? 0 : 1;
                first = carriers().get(0);
            }
            group.links.get(0).down();
            group.run(5);
        }
        assertThat(changes).as("of 100 times that it came back").isLessThan(6);
        assertThat(group.b.losses).isEmpty();
    }

    @Test
    void whenTheFirstLinkFallsSilentTheSecondGoesOnAfterTwoMissedHellos() {
        group.links.get(0).stalled = true;
        put(50);
        group.run(2 * TestGroup.HELLO_MILLIS - 20);
        assertThat(carriers()).as("two hellos are not late yet").containsExactly(true, false);
        group.run(TestGroup.HELLO_MILLIS * 8 / 10);
        assertThat(carriers()).containsExactly(false, true);
        group.untilQuiet();
        nothingLostNothingRepeated();
        assertThat(group.b.losses).as("hellos of the second link went on").isEmpty();
        assertThat(trouble(group.a, 0)).startsWith("no hello for ");
        assertThat(trouble(group.a, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aLinkThatIsDeadInOneDirectionIsSeenAtBothEndsAndTheOtherGoesOn(int deaf) {
        group.links.get(0).deaf[deaf] = true;
        put(50);
        group.run(TestGroup.DETECTION_MILLIS + TestGroup.HELLO_MILLIS);
        assertThat(carriers()).containsExactly(false, true);
        assertThat(trouble(deaf == 0 ? group.a : group.b, 0)).startsWith("no hello for ");
        assertThat(trouble(deaf == 0 ? group.b : group.a, 0)).isEqualTo("the peer does not hear this firewall");
        group.links.get(0).deaf[deaf] = false;
        put(50);
        group.run(3 * TestGroup.DETECTION_MILLIS);
        assertThat(carriers()).containsExactly(true, false);
        assertThat(trouble(group.a, 0) + trouble(group.b, 0)).isEmpty();
        group.untilQuiet();
        nothingLostNothingRepeated();
        assertThat(group.b.losses).isEmpty();
    }

    @Test
    void aSingleLinkThatIsDeadInOneDirectionForAShortTimeGoesOnWithoutLossOrRepetition() {
        TestGroup one = inSync(USUAL);
        one.links.get(0).deaf[1] = true;
        one.a.table("sessions").set("k1", "v");
        one.run(TestGroup.DETECTION_MILLIS - 2 * TestGroup.HELLO_MILLIS);
        one.links.get(0).deaf[1] = false;
        one.untilQuiet();
        assertThat(one.b.table("sessions").restored).containsExactly("k1=v");
        assertThat(one.a.roles).hasSize(1);
        assertThat(one.b.roles).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theSameConnectionCarriesDataAgainAfterItWasDeadInOneDirection(int deaf) {
        TestGroup one = inSync(USUAL);
        TestLink link = one.links.get(0);
        TestEnd before = link.a;
        link.deaf[deaf] = true;
        one.a.table("sessions").set("k1", "v");
        one.run(2 * TestGroup.DETECTION_MILLIS);
        link.seekAt = Long.MAX_VALUE;
        link.deaf[deaf] = false;
        one.run(2 * TestGroup.DETECTION_MILLIS);
        one.untilQuiet();
        assertThat(link.a).isSameAs(before);
        one.assertEqualTables();
        assertThat(one.b.table("sessions").content).containsKey("k1");
        assertThat(one.a.table("sessions").snapshotsWanted + one.b.table("sessions").snapshotsWanted).as("both resume").isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHeartbeatOnlyLinkNeverCarriesData(boolean first) {
        TestGroup marked = new TestGroup(USUAL.links(2));
        marked.links.get(first ? 0 : 1).heartbeatOnly[first ? 0 : 1] = true;
        HashSet<String> seen = new HashSet<>();
        marked.tap = (end, frame) -> seen.add(end.link.order + " " + (Frames.type(frame) < FrameType.OFFER ? "hello" : "data"));
        marked.untilQuiet();
        marked.run(1000);
        assertThat(seen).containsExactlyInAnyOrder("0 hello", "1 hello", (first ? 1 : 0) + " data");
        TestLink link = marked.links.get(first ? 0 : 1);
        assertThat(link.a.session.heartbeatOnly()).as("one of the two says so").isTrue();
        assertThat(link.b.session.heartbeatOnly()).isTrue();
    }

    @Test
    void whenOnlyAHeartbeatOnlyLinkWorksThePeerIsAliveAndNothingIsBackedUp() {
        TestGroup marked = new TestGroup(USUAL.links(2));
        marked.links.get(1).heartbeatOnly[0] = true;
        marked.untilQuiet();
        marked.links.get(0).down();
        marked.a.table("sessions").set("k1", "v");
        marked.run(3 * TestGroup.DETECTION_MILLIS);
        assertThat(marked.b.member.role()).isEqualTo(Role.STANDBY);
        assertThat(marked.b.losses).isEmpty();
        assertThat(marked.a.state("sessions").detail()).isEqualTo("only heartbeat-only links reach the peer");
        assertThat(marked.b.member.notReady()).contains("Only heartbeat-only links reach fw-a.");
        assertThat(marked.a.member.whyNoData(marked.now)).isEqualTo("only heartbeat-only links reach the peer");
        marked.links.get(1).down();
        marked.run(TestGroup.DETECTION_MILLIS + 20);
        assertThat(marked.a.state("sessions").detail()).isEqualTo("no link to the peer");
        marked.links.forEach(link -> link.up = true);
        marked.untilQuiet();
        assertThat(marked.b.table("sessions").content).containsKey("k1");
    }

    @Test
    void bothKeepToTheSlowerHellosAndSaySoOnce() {
        TestGroup differing = inSync(USUAL.links(2).hellosOfB(400, 4));
        assertThat(differing.a.member.hellos()).isEqualTo(new Hellos(400, 4));
        assertThat(differing.b.member.hellos()).isEqualTo(new Hellos(400, 4));
        assertThat(differing.a.differing).containsExactly(new Hellos(400, 4));
        assertThat(differing.b.differing).containsExactly(new Hellos(400, 4));
        differing.links.forEach(link -> link.stalled = true);
        differing.run(1100);
        assertThat(differing.b.member.role()).as("fw-a alone would have given up long ago").isEqualTo(Role.STANDBY);
        assertThat(differing.a.member.peer(differing.now).role()).isEqualTo(Role.STANDBY);
        differing.run(600);
        assertThat(differing.b.member.role()).isEqualTo(Role.ACTIVE);
        differing.links.get(0).down();
        differing.links.forEach(link -> link.stalled = false);
        differing.links.get(0).up = true;
        differing.untilQuiet();
        assertThat(differing.a.differing).as("known since the first greeting").hasSize(1);
    }

    @Test
    void linksThatBreakInTurnLoseAndRepeatNothing() {
        for (int turn = 0; turn < 12; turn++) {
            group.links.get(turn % 2).down();
            for (int i = 0; i < 7 + turn; i++) {
                put(10);
                group.step();
            }
            group.links.get(turn % 2).up = true;
            group.run(turn);
        }
        group.untilQuiet();
        nothingLostNothingRepeated();
    }

    @Test
    void aSnapshotGoesOnOverTheOtherLinkFromWhereItWas() {
        TestGroup starting = new TestGroup(USUAL.links(2));
        for (int i = 0; i < 20_000; i++) {
            starting.a.table("sessions").set("k" + i, "v");
        }
        starting.links.forEach(link -> link.bytesPerMilli = 2000);
        starting.until("half of it is there", () -> starting.b.table("sessions").content.size() > 10_000);
        starting.links.get(0).down();
        starting.untilQuiet();
        starting.assertEqualTables();
        assertThat(starting.a.table("sessions").snapshotsWanted).isEqualTo(1);
        assertThat(starting.b.table("sessions").restored).hasSize(20_000).doesNotHaveDuplicates();
    }

    @Test
    void aLateHelloOfASlowLinkDoesNotUndoALaterChoice() {
        group.links.get(0).down();
        group.untilQuiet();
        group.links.get(1).stalled = true;
        group.run(TestGroup.HELLO_MILLIS + 5);
        group.links.get(0).up = true;
        group.until("the first link carries the data again", () -> carriers().get(0));
        group.links.get(1).stalled = false;
        for (int i = 0; i < 50; i++) {
            put(1);
            group.step();
            assertThat(carriers()).containsExactly(true, false);
        }
        group.untilQuiet();
        nothingLostNothingRepeated();
    }

    private String trouble(TestFirewall at, int link) {
        return group.links.get(link).end(at).session.trouble(group.now);
    }

    private List<Boolean> carriers() {
        return group.links.stream().map(link -> link.a != null && link.a.session.carriesData() && link.b.session.carriesData()).toList();
    }

    private void put(int entries) {
        for (int i = 0; i < entries; i++) {
            group.a.table("sessions").set("k" + ++number, "v");
        }
    }

    private void nothingLostNothingRepeated() {
        assertThat(group.b.table("sessions").restored).hasSize(number).doesNotHaveDuplicates();
        assertThat(group.a.table("sessions").snapshotsWanted).as("only the first snapshot").isEqualTo(1);
        group.assertEqualTables();
    }
}
