/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.USUAL;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A firewall of this version and one of the next, which fw-b pretends to be. */
class VersionsTest {

    /** Place of the oldest version in a greeting, behind type and magic; the newest follows. */
    private static final int OLDEST = 5;

    private final TestGroup group = new TestGroup(USUAL);

    private void fwBSpeaks(int oldest, int newest) {
        group.tap = (end, frame) -> {
            if (end.owner == group.b && Frames.type(frame) == FrameType.GREETING) {
                frame[OLDEST] = (byte) oldest;
                frame[OLDEST + 1] = (byte) newest;
            }
        };
    }

    @Test
    void oneThatSpeaksThisVersionTooIsBackedUp() {
        fwBSpeaks(1, 2);
        group.a.table("sessions").set("k1", "v1");
        group.untilQuiet();
        group.a.table("sessions").set("k2", "v2");
        group.untilQuiet();
        group.assertEqualTables();
    }

    @Test
    void oneThatDoesNotIsRefusedByThisOne() {
        fwBSpeaks(2, 2);
        group.run(500);
        assertThat(group.faults).isNotEmpty().allMatch(fault -> fault.startsWith("fw-a: version: Peer fw-b speaks protocol 2 to 2"));
        assertThat(group.a.member.peer(group.now).role()).as("never heard").isNull();
    }

    @ParameterizedTest(name = "type {0}")
    @ValueSource(ints = {0x88, 0x91, 0xa0, 0xff})
    void whatOnlyTheNextVersionKnowsAndMayBeSkippedIsSkipped(int type) {
        fwBSpeaks(1, 2);
        group.untilQuiet();
        group.links.get(0).a.receive(new byte[] {(byte) type, 1, 2, 3}, group.now);
        group.a.table("sessions").set("k1", "v1");
        group.untilQuiet();
        group.assertEqualTables();
    }

    @ParameterizedTest(name = "type {0}")
    @ValueSource(ints = {0x05, 0x13, 0x25, 0x7f})
    void whatMayNotBeSkippedEndsTheConnectionAndHarmsNoTable(int type) {
        group.untilQuiet();
        group.a.table("sessions").set("k1", "v1");
        group.untilQuiet();
        group.links.get(0).a.receive(new byte[] {(byte) type, 0, 2, 3}, group.now);
        assertThat(group.faults).singleElement().asString().startsWith("fw-a: unknown-frame");
        group.faults.clear();
        group.run(500);
        group.untilQuiet();
        group.assertEqualTables();
    }
}
