/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;
import static twinwall.protocol.TestGroup.spec;

import java.util.List;

import org.junit.jupiter.api.Test;

/** Sessions, which are urgent, need the mappings of NAPT, which are gathered. */
class NeedsTest {

    private static final TableSpec SESSIONS = needing("sessions", true, "napt", "nowhere");
    private static final String LARGE = "v".repeat(400);
    private static final TestGroup.Plan PLAN = USUAL.withTables(SESSIONS, spec("napt"));

    private static TableSpec needing(String type, boolean urgent, String... needs) {
        return new TableSpec(type, 1, new byte[] {1}, false, urgent, false, HandlerOrigin.UNKNOWN, List.of(needs));
    }

    private static void open(TestGroup group, String name) {
        group.a.table("napt").set("port of " + name, "v");
        group.a.table("sessions").ask(name, "established");
    }

    private static void fill(TestGroup group, int entries) {
        for (int i = 0; i < entries; i++) {
            group.a.table("napt").set("port of s" + i, "v");
            group.a.table("sessions").set("s" + i, "established");
        }
    }

    /** Steps for so long, and looks at each whether a session is on fw-b without its mapping. */
    private static void watch(TestGroup group, long millis) {
        for (long end = group.now + millis; group.now < end;) {
            group.step();
            for (String name : group.b.table("sessions").content.keySet()) {
                assertThat(group.b.table("napt").content).as("needed by " + name).containsKey("port of " + name);
            }
        }
    }

    @Test
    void whatAnUrgentEntryNeedsIsNotGathered() {
        TestGroup group = inSync(PLAN);
        open(group, "s1");
        watch(group, 8);
        assertThat(group.b.table("sessions").content).containsKey("s1");
    }

    @Test
    void anEntryIsNeitherAppliedNorConfirmedWhileWhatItNeedsWaits() {
        TestGroup group = inSync(PLAN);
        group.b.table("napt").paused = true;
        open(group, "s1");
        watch(group, 1000);
        assertThat(group.b.table("sessions").content).isEmpty();
        assertThat(group.a.table("sessions").answers).isEmpty();
        group.b.table("napt").paused = false;
        watch(group, 20);
        assertThat(group.a.table("sessions").answers).containsExactly("established APPLIED");
    }

    @Test
    void aTableThatHangsOnThePeerIsNotWaitedForForEver() {
        TestGroup group = inSync(PLAN);
        group.b.table("napt").paused = true;
        open(group, "s1");
        group.run(2100);
        assertThat(group.b.table("sessions").content).containsKey("s1");
        open(group, "s2");
        group.run(50);
        assertThat(group.b.table("sessions").content).as("once is enough").containsKey("s2");
        assertThat(group.b.table("sessions").replica.wentOnWithoutNeeded()).isEqualTo(1);
        group.b.table("napt").paused = false;
        group.untilQuiet();
        open(group, "s3");
        watch(group, 50);
        assertThat(group.b.table("sessions").content).as("and it counts again").containsKey("s3");
    }

    @Test
    void aTableThatIsFloodedHoldsUpThoseThatNeedItForALimitedTimeOnly() {
        TestGroup group = inSync(PLAN);
        group.links.get(0).bytesPerMilli = 2000;
        int opened = 0;
        for (int millis = 0; millis < 2800; millis++) {
            for (int i = 0; i < 58; i++) {
                group.a.table("napt").set("flood-" + (millis * 58 + i) % 40_000, LARGE + millis);
            }
            if (millis % 100 == 0) {
                group.a.table("sessions").set("s" + opened++, "established");
            }
            group.step();
        }
        assertThat(group.a.state("napt").lag()).as("it is behind").isGreaterThan(5000);
        assertThat(group.b.table("sessions").content).hasSizeGreaterThan(opened - 3);
    }

    @Test
    void aSnapshotComesAfterThatOfTheTableItNeeds() {
        TestGroup group = inSync(PLAN);
        fill(group, 1000);
        group.untilQuiet();
        group.links.get(0).bytesPerMilli = 3000;
        group.restart(group.b);
        for (int i = 0; i < 45; i++) {
            watch(group, 5);
            open(group, "new" + i);
        }
        group.untilQuiet();
        group.assertEqualTables();
    }

    @Test
    void afterALinkLossWhatIsNeededGoesFirstToo() {
        TestGroup group = inSync(PLAN);
        group.links.get(0).down();
        fill(group, 2000);
        group.run(500);
        group.links.get(0).bytesPerMilli = 3000;
        group.links.get(0).up = true;
        watch(group, 500);
        group.untilQuiet();
        group.assertEqualTables();
    }

    @Test
    void aTableWithoutAHandlerOnThePeerIsNotWaitedFor() {
        TestGroup group = inSync(PLAN);
        group.b.table("napt").handlerGoes();
        group.run(20);
        open(group, "s1");
        group.run(20);
        assertThat(group.b.table("sessions").content).containsKey("s1");
    }

    @Test
    void aTableThatThePeerHasDoesNotWaitForTheSnapshotOfOneThatItGets() {
        TestGroup group = inSync(PLAN);
        for (int i = 0; i < 40_000; i++) {
            group.a.table("napt").content.put("old" + i, LARGE);
        }
        group.links.get(0).bytesPerMilli = 3000;
        group.a.table("napt").replica.handlerGone();
        group.run(20);
        group.a.table("napt").handlerComes(spec("napt"));
        group.run(50);
        open(group, "s1");
        group.run(50);
        assertThat(group.a.state("napt").snapshotUnderWay()).isTrue();
        assertThat(group.b.table("sessions").content).containsKey("s1");
        group.untilQuiet();
        group.assertEqualTables();
    }

    @Test
    void tablesThatNeedEachOtherDoNotWaitForEachOther() {
        TestGroup group = inSync(USUAL.withTables(needing("one", false, "two"), needing("two", true, "three"),
                needing("three", false, "one")));
        for (String type : List.of("one", "two", "three")) {
            group.a.table(type).set("k", "v");
        }
        group.run(2 * TestGroup.GATHER_MILLIS);
        group.untilQuiet();
        group.assertEqualTables();
    }
}
