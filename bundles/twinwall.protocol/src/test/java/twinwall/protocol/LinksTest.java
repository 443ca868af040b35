/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;

import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.group.Role;

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

    @Test
    void whenTheFirstLinkIsBackItCarriesTheDataAgainWithoutLossOrRepetition() {
        group.links.get(0).down();
        put(50);
        group.run(5);
        group.links.get(0).up = true;
        for (int i = 0; i < 20; i++) {
            put(10);
            group.step();
        }
        group.untilQuiet();
        assertThat(carriers()).containsExactly(true, false);
        nothingLostNothingRepeated();
    }

    @Test
    void whenTheFirstLinkFallsSilentTheSecondGoesOnAfterTheDetectionTime() {
        group.links.get(0).stalled = true;
        put(50);
        group.run(TestGroup.DETECTION_MILLIS - 2 * TestGroup.HELLO_MILLIS);
        assertThat(group.b.table("sessions").content).isEmpty();
        group.untilQuiet();
        assertThat(carriers().get(1)).isTrue();
        nothingLostNothingRepeated();
        assertThat(group.b.losses).as("hellos of the second link went on").isEmpty();
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
