/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.group.Role.ACTIVE;
import static twinwall.group.Role.LOAD_BALANCING;
import static twinwall.group.Role.STANDBY;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.group.Networking;

/** The planned switchover: nothing is lost, and it ends in any case. */
class HandoverTest {

    private static final String LACKS = "not done: Peer fw-b did not get every table within 5000 ms: sessions (%s). fw-a stays active.";

    private static final String DONE = "done: fw-b is active; nothing was lost.";

    private static final RoleSettings LOAD_SHARED = new RoleSettings(Networking.LOAD_BALANCING, true, 1000);

    private final TestGroup group = inSync(USUAL);

    @Test
    void theRolesChangeAndNothingIsLost() {
        for (int i = 0; i < 100; i++) {
            group.a.table("sessions").set("k" + i, "v");
        }
        group.a.member.switchover(group.now);
        group.until("handed over", () -> group.b.member.role() == ACTIVE);
        assertThat(group.b.table("sessions").content).hasSize(100);
        group.run(1000);
        assertThat(group.a.member.role()).isEqualTo(STANDBY);
        assertThat(group.a.verdicts).hasSize(1).first().asString().matches(DONE + " Waited \\d+ ms for sessions \\(100 changes\\)\\.");
        assertThat(group.b.losses).as("the peer was not lost").isEmpty();
        group.assertEqualTables();
    }

    @Test
    void atNoTimeAreBothActive() {
        List<String> seen = new ArrayList<>();
        group.a.member.switchover(group.now);
        for (int i = 0; i < 1000; i++) {
            group.step();
            seen.add(group.a.member.role() + " " + group.b.member.role());
        }
        assertThat(seen).doesNotContain("ACTIVE ACTIVE").endsWith("STANDBY ACTIVE");
    }

    @Test
    void nobodyForwardsForAsShortAsTheWayToThePeerAndBackTwice() {
        for (int start = 0; start < TestGroup.HELLO_MILLIS / 10; start++) {
            TestGroup each = inSync(USUAL);
            each.run(start);
            each.a.table("sessions").set("k", "v");
            each.a.member.switchover(each.now);
            each.until("stopped", () -> each.a.member.role() == STANDBY);
            long stopped = each.now;
            each.until("handed over", () -> each.b.member.role() == ACTIVE);
            assertThat(each.now - stopped).as("whenever the clock ticks").isLessThan(TestGroup.HELLO_MILLIS / 10);
        }
    }

    @Test
    void itWaitsForThePeerToApplyEveryChange() {
        behindByOne();
        group.a.member.switchover(group.now);
        group.run(2000);
        assertThat(group.a.member.role()).as("forwards nothing meanwhile").isEqualTo(STANDBY);
        assertThat(group.b.member.role()).isEqualTo(STANDBY);
        group.b.table("sessions").paused = false;
        group.until("handed over", () -> group.b.member.role() == ACTIVE);
        assertThat(group.b.table("sessions").content).containsEntry("k1", "v1");
    }

    @Test
    void itWaitsUntilTheFirewallHasStoppedForwarding() {
        group.a.deafToRoles = true;
        group.a.member.switchover(group.now);
        group.run(500);
        group.a.table("sessions").set("last", "packet");
        group.run(500);
        assertThat(group.b.member.role()).isEqualTo(STANDBY);
        group.a.deafToRoles = false;
        group.until("handed over", () -> group.b.member.role() == ACTIVE);
        assertThat(group.b.table("sessions").content).containsEntry("last", "packet");
    }

    @Test
    void itIsGivenUpWhenThePeerDoesNotConfirmInTime() {
        behindByOne();
        group.a.member.switchover(group.now);
        group.run(Handover.PATIENCE_MILLIS - 20);
        assertThat(group.a.verdicts).isEmpty();
        group.run(40);
        assertThat(group.a.verdicts)
                .containsExactly("not done: Peer fw-b did not confirm every change (1 left) within 5000 ms. fw-a is active again.");
        assertThat(group.a.member.role()).isEqualTo(ACTIVE);
        group.b.table("sessions").paused = false;
        group.run(1000);
        assertThat(group.b.member.role()).isEqualTo(STANDBY);
        group.assertEqualTables();
    }

    @Test
    void whenTheGrantIsLostWithItsLinkThePeerTakesOverOnTheNextOne() {
        boolean[] lost = new boolean[1];
        group.tap = (end, frame) -> lost[0] |= Frames.type(frame) == FrameType.HELLO && Frames.hello(frame).cause() != null;
        group.a.member.switchover(group.now);
        group.until("told to take over", () -> lost[0]);
        group.links.get(0).cut();
        group.run(100);
        assertThat(group.a.verdicts).containsExactly(DONE);
        assertThat(List.of(group.a.member.role(), group.b.member.role())).containsExactly(STANDBY, ACTIVE);
        group.untilQuiet();
        group.assertEqualTables();
    }

    @Test
    void whenTheGrantNeverArrivesThePeerTakesOverOnceItMissesHellos() {
        boolean[] lost = new boolean[1];
        group.tap = (end, frame) -> lost[0] |= Frames.type(frame) == FrameType.HELLO && Frames.hello(frame).cause() != null;
        group.a.member.switchover(group.now);
        group.until("told to take over", () -> lost[0]);
        group.links.get(0).down();
        group.run(TestGroup.DETECTION_MILLIS + 2 * TestGroup.HELLO_MILLIS);
        assertThat(group.a.verdicts).containsExactly("not done: Peer fw-b is down. fw-a is active again.");
        assertThat(group.b.member.role()).isEqualTo(ACTIVE);
    }

    @Test
    void whenThePeerDiesMeanwhileTheFirstOneIsActiveAgainInBoundedTime() {
        behindByOne();
        group.a.member.switchover(group.now);
        group.run(50);
        group.kill(group.b);
        group.run(Handover.PATIENCE_MILLIS);
        assertThat(group.a.member.role()).isEqualTo(ACTIVE);
        assertThat(group.a.verdicts).hasSize(1).first().asString().startsWith("not done: ");
    }

    @Test
    void itIsGivenUpWhenThePeerLacksATable() {
        group.b.table("sessions").handlerGoes();
        group.run(200);
        givenUp(LACKS.formatted("the peer has no handler for it"));
    }

    @Test
    void itIsGivenUpWhenThePeersHandlerFails() {
        group.b.table("sessions").failing = true;
        group.a.table("sessions").set("k1", "v1");
        group.run(200);
        givenUp(LACKS.formatted("the peer cannot take it: disk full"));
    }

    @Test
    void itWaitsUntilThePeerHasEveryTableAndForwardsMeanwhile() {
        group.b.table("sessions").paused = true;
        group.a.member.sync();
        group.run(200);
        group.a.member.switchover(group.now);
        group.run(1000);
        assertThat(group.a.verdicts).isEmpty();
        assertThat(group.a.member.role()).isEqualTo(ACTIVE);
        group.b.table("sessions").paused = false;
        group.until("handed over", () -> group.b.member.role() == ACTIVE);
        group.run(200);
        assertThat(group.a.verdicts).hasSize(1).first().asString().matches(DONE + " Waited 10\\d\\d ms for sessions\\.");
    }

    @Test
    void whatIsSharedIsNotGrantedBeforeThePeerHasConfirmedWhatWasChangedAlone() {
        TestGroup sharing = sharingBegins();
        sharing.b.table("sessions").paused = true;
        sharing.a.table("sessions").set("alone", "v1");
        sharing.a.deafToRoles = false;
        sharing.run(2000);
        assertThat(List.of(sharing.a.member.role(), sharing.b.member.role())).containsExactly(LOAD_BALANCING, STANDBY);
        sharing.b.table("sessions").paused = false;
        sharing.until("shared", () -> sharing.b.member.role() == LOAD_BALANCING);
        assertThat(sharing.b.table("sessions").content).containsEntry("alone", "v1");
    }

    @Test
    void underContinuedTrafficItWaitsOnlyForWhatWasChangedBefore() {
        TestGroup sharing = sharingBegins();
        sharing.links.get(0).bytesPerMilli = 100;
        sharing.a.busy = "sessions";
        sharing.a.table("sessions").set("alone", "v1");
        sharing.a.deafToRoles = false;
        sharing.until("shared", () -> sharing.b.member.role() == LOAD_BALANCING);
        assertThat(sharing.a.member.lag()).as("it never stands still").isPositive();
        assertThat(sharing.b.table("sessions").content).containsEntry("alone", "v1");
        sharing.until("told", () -> !sharing.a.handovers.isEmpty());
        assertThat(sharing.a.handovers).hasSize(1).first().asString().startsWith("done: Both process services, each with its half.");
    }

    @Test
    void aShareThatIsNotConfirmedIsTakenBackAndOfferedAgainLater() {
        TestGroup sharing = sharingBegins();
        sharing.b.table("sessions").paused = true;
        sharing.a.table("sessions").set("alone", "v1");
        sharing.a.deafToRoles = false;
        sharing.run(Handover.PATIENCE_MILLIS + 50);
        assertThat(List.of(sharing.a.member.role(), sharing.b.member.role())).containsExactly(ACTIVE, STANDBY);
        assertThat(sharing.a.handovers).containsExactly("not done: Peer fw-b did not confirm every change (1 left) within 5000 ms. fw-a "
                + "has everything again.");
        sharing.b.table("sessions").paused = false;
        sharing.run(4000);
        assertThat(sharing.a.member.outlook(sharing.now)).hasSize(1).first().asString().endsWith("Tried again in 1 s.");
        sharing.run(1200);
        assertThat(List.of(sharing.a.member.role(), sharing.b.member.role())).containsExactly(LOAD_BALANCING, LOAD_BALANCING);
    }

    @Test
    void whenBothHandOverAtOnceOneIsLeftWithEverything() {
        TestGroup sharing = new TestGroup(USUAL.roles(LOAD_SHARED));
        sharing.until("shared", () -> sharing.a.member.role() == LOAD_BALANCING && sharing.b.member.role() == LOAD_BALANCING);
        sharing.run(200);
        sharing.a.member.switchover(sharing.now);
        sharing.b.member.switchover(sharing.now);
        sharing.run(500);
        assertThat(List.of(sharing.a.member.role(), sharing.b.member.role())).containsExactly(ACTIVE, STANDBY);
        assertThat(sharing.b.verdicts).containsExactly("done: fw-a is active; nothing was lost. It stays so " + Outlook.UNTIL);
        assertThat(sharing.a.verdicts).containsExactly("not done: Peer fw-b hands over, too. fw-a has its half.");
    }

    /** fw-a is about to give fw-b its half, but its firewall does not yet know. */
    private static TestGroup sharingBegins() {
        TestGroup group = new TestGroup(USUAL.roles(LOAD_SHARED));
        group.until("active", () -> group.a.known == ACTIVE);
        group.a.deafToRoles = true;
        group.until("shares", () -> group.a.member.role() == LOAD_BALANCING);
        return group;
    }

    @Test
    void whatAPeerHasTakenByItselfMeanwhileIsNotTakenBack() {
        behindByOne();
        group.a.member.switchover(group.now);
        group.until("stopped", () -> group.a.known == STANDBY);
        group.links.get(0).deaf[1] = true;
        group.until("fw-b takes over", () -> group.b.member.role() == ACTIVE);
        group.until("fw-a hears of it", () -> !group.a.verdicts.isEmpty());
        assertThat(group.a.verdicts).containsExactly("not done: Peer fw-b has become active by itself. fw-a is standby.");
        group.links.get(0).deaf[1] = false;
        group.b.table("sessions").paused = false;
        group.run(1000);
        assertThat(group.a.roles).as("never active beside it").last().asString().startsWith("standby");
        group.assertEqualTables();
    }

    @Test
    void itIsRefusedWhenNobodyIsThere() {
        group.kill(group.b);
        group.run(1000);
        refused("not done: Peer fw-b is not heard. fw-a stays active.");
    }

    @Test
    void itIsRefusedByAFirewallThatIsNotActive() {
        group.b.member.switchover(group.now);
        assertThat(group.b.verdicts).containsExactly("not done: fw-b is not active. Ask the active firewall.");
    }

    @Test
    void aSecondOneIsRefusedWhileTheFirstIsUnderWay() {
        behindByOne();
        group.a.member.switchover(group.now);
        group.run(50);
        group.a.member.switchover(group.now);
        assertThat(group.a.verdicts).containsExactly("not done: A switchover is under way.");
        group.b.table("sessions").paused = false;
        group.until("handed over", () -> group.b.member.role() == ACTIVE);
    }

    @Test
    void thereAndBackAgainManyTimesLosesNothing() {
        for (int turn = 0; turn < 20; turn++) {
            TestFirewall active = turn % 2 == 0 ? group.a : group.b;
            TestFirewall next = turn % 2 == 0 ? group.b : group.a;
            active.table("sessions").set("k" + turn, "v");
            active.table("sessions").set("k0", "v" + turn);
            active.member.switchover(group.now);
            group.until("handed over " + turn, () -> next.member.role() == ACTIVE);
            assertThat(next.table("sessions").content).hasSize(turn + 1).containsEntry("k0", "v" + turn);
            int verdicts = turn / 2 + 1;
            group.until("told " + turn, () -> active.verdicts.size() == verdicts);
            group.untilQuiet();
            group.run(2 * TestGroup.HELLO_MILLIS);
        }
        assertThat(group.a.verdicts).allMatch(verdict -> verdict.startsWith("done"));
        assertThat(group.b.verdicts).allMatch(verdict -> verdict.startsWith("done"));
        group.assertEqualTables();
    }

    private void behindByOne() {
        group.b.table("sessions").paused = true;
        group.a.table("sessions").set("k1", "v1");
        group.run(30);
    }

    private void refused(String verdict) {
        group.a.member.switchover(group.now);
        ended(verdict);
    }

    private void givenUp(String verdict) {
        group.a.member.switchover(group.now);
        group.run(Handover.PATIENCE_MILLIS - 20);
        assertThat(group.a.member.role()).as("goes on forwarding").isEqualTo(ACTIVE);
        assertThat(group.a.verdicts).isEmpty();
        group.run(40);
        ended(verdict);
    }

    private void ended(String verdict) {
        assertThat(group.a.verdicts).containsExactly(verdict);
        assertThat(group.a.member.role()).isEqualTo(ACTIVE);
    }
}
