/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.DETECTION_MILLIS;
import static twinwall.protocol.TestGroup.HELLO_MILLIS;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.group.Role;

/** A process that stands still for a while: it must not act on what it was told before. */
class StillnessTest {

    private final TestGroup group = inSync(USUAL);

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40, 90, 110, 150, 190, 240, 280, 299})
    void aPauseShorterThanTheDetectionTimeChangesNothing(int millis) {
        for (int offset = 0; offset < 10; offset++) {
            group.run(HELLO_MILLIS + 11);
            stop(group.a, millis);
            group.run(20);
            if (group.b.roles.size() > 1) {
                // Its last hello was not quite new when it stopped.
                assertThat(millis).isGreaterThan((int) (DETECTION_MILLIS - HELLO_MILLIS - 20));
                return;
            }
            assertThat(group.a.forwards()).as("after %s ms", millis).isTrue();
            assertThat(group.a.roles).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {250, 290, 310, 340, 400, 1000, 60_000})
    void theStoppedAndThePeerNeverForwardTogether(int millis) {
        for (int offset = 0; offset < 12; offset++) {
            TestGroup each = inSync(USUAL.links(2));
            each.run(offset * 9);
            each.a.stopped = true;
            each.run(millis);
            each.a.goOn();
            for (int i = 0; i < 2000; i++) {
                assertThat(each.a.forwards() && each.b.forwards()).as("both, %s ms after a stop of %s", i, millis).isFalse();
                each.step();
            }
            assertThat(each.a.forwards() || each.b.forwards()).as("one of them").isTrue();
        }
    }

    @Test
    void afterALongStopItStandsBySaysWhyAndTakesThePeersEntries() {
        group.a.table("sessions").set("k1", "v1");
        group.untilQuiet();
        group.a.stopped = true;
        group.until("fw-b takes over", () -> group.b.forwards());
        group.b.table("sessions").set("k2", "v2");
        group.b.table("sessions").delete("k1");
        group.run(1000);
        group.a.goOn();
        assertThat(group.a.forwards()).as("before anything of it has run").isFalse();
        group.untilQuiet();
        assertThat(group.a.roles.get(1)).startsWith("standby: this firewall stood still for 1").endsWith(" ms");
        assertThat(group.b.member.role()).isEqualTo(Role.ACTIVE);
        assertThat(group.b.roles).hasSize(2);
        assertThat(group.a.table("sessions").content).containsOnlyKeys("k2");
        group.assertEqualTables();
    }

    @Test
    void whenThePeerTookOverAfterAShortStopItYields() {
        group.run(90);
        long lastHello = group.now;
        group.a.stopped = true;
        group.until("fw-b takes over", () -> group.b.forwards());
        assertThat(group.now - lastHello).isLessThan(DETECTION_MILLIS);
        group.a.goOn();
        assertThat(group.a.forwards()).isFalse();
        group.run(20);
        assertThat(group.a.roles).last().asString().startsWith("standby: this firewall stood still for ").endsWith(", and fw-b took over");
        assertThat(group.b.roles).hasSize(2);
    }

    @Test
    void alonePausesShorterThanTheDetectionTimeChangeNothingAndAfterALongerOneItLooksForThePeer() {
        group.kill(group.b);
        group.run(2 * DETECTION_MILLIS);
        stop(group.a, DETECTION_MILLIS - 20);
        assertThat(group.a.forwards()).isTrue();
        stop(group.a, DETECTION_MILLIS + 20);
        assertThat(group.a.forwards()).isFalse();
        group.run(DETECTION_MILLIS - 20);
        assertThat(group.a.forwards()).isFalse();
        group.run(40);
        assertThat(group.a.forwards()).isTrue();
        assertThat(group.a.roles).hasSize(3);
    }

    @Test
    void aFirewallThatIsLeftAloneGoesOnForwardingWithoutABreak() {
        group.kill(group.b);
        for (int i = 0; i < 2000; i++) {
            group.step();
            assertThat(group.a.forwards()).isTrue();
        }
    }

    @Test
    void whenBothStoodStillOneOfThemGoesOn() {
        group.a.stopped = true;
        group.b.stopped = true;
        group.run(5000);
        group.a.goOn();
        group.b.goOn();
        assertThat(group.a.forwards()).isFalse();
        group.run(3 * HELLO_MILLIS);
        assertThat(group.a.forwards()).isTrue();
        assertThat(group.b.member.role()).isEqualTo(Role.STANDBY);
        assertThat(group.b.losses).as("the standby listened before it judged").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 299, 350, 1000, 10_000})
    void aStandbyThatStoodStillListensBeforeItTakesThePeerForDown(int millis) {
        stop(group.b, millis);
        group.run(2 * DETECTION_MILLIS);
        assertThat(group.b.roles).hasSize(1);
        assertThat(group.a.roles).hasSize(1);
        group.untilQuiet();
    }

    @Test
    void aFirewallThatStoodStillDoesNotTakeANewProcessOfThePeerForOneWithoutARole() {
        group.a.stopped = true;
        group.run(1000);
        TestFirewall next = group.restart(group.b);
        group.run(2 * DETECTION_MILLIS);
        assertThat(next.forwards()).as("it found nobody").isTrue();
        group.a.goOn();
        for (int i = 0; i < 1000; i++) {
            assertThat(group.a.forwards()).isFalse();
            group.step();
        }
        assertThat(group.a.member.role()).isEqualTo(Role.STANDBY);
    }

    @Test
    void aSwitchoverInWhichTheActiveStoodStillIsAbandoned() {
        group.b.table("sessions").paused = true;
        group.a.table("sessions").set("k", "v");
        group.run(40);
        group.a.member.switchover(group.now);
        group.run(1);
        stop(group.a, 20_000);
        group.b.table("sessions").paused = false;
        group.run(2000);
        assertThat(group.a.verdicts).hasSize(1).first().asString().startsWith("not done: ");
        assertThat(group.a.forwards() ^ group.b.forwards()).isTrue();
        group.untilQuiet();
    }

    @Test
    void aJumpOfTheClockForwardIsAStandstill() {
        TestGroup jumped = inSync(USUAL);
        jumped.a.member.tick(jumped.now + 3_600_000);
        assertThat(jumped.a.member.leaseValid(jumped.now + 3_600_000)).isFalse();
        assertThat(jumped.a.member.role()).isEqualTo(Role.STANDBY);
        jumped.run(3 * DETECTION_MILLIS);
        assertThat(jumped.a.forwards() ^ jumped.b.forwards()).isTrue();
    }

    private void stop(TestFirewall firewall, long millis) {
        firewall.stopped = true;
        group.run(millis);
        firewall.goOn();
    }
}
