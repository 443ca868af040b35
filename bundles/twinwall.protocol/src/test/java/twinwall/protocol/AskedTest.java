/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;

import org.junit.jupiter.api.Test;

/** Whoever asks learns when the peer has an entry, or at once that nobody will say. */
class AskedTest {

    @Test
    void theAnswerComesOnceThePeerHasAppliedTheEntryNotWhenItHasCome() {
        TestGroup group = inSync(USUAL.quickBackup());
        TestTable sessions = group.a.table("sessions");
        group.b.table("sessions").paused = true;
        sessions.ask("k1", "v1");
        group.run(50);
        assertThat(sessions.answers).isEmpty();
        group.b.table("sessions").paused = false;
        group.until("answered", () -> !sessions.answers.isEmpty());
        assertThat(sessions.answers).containsExactly("v1 APPLIED");
        assertThat(group.b.table("sessions").content).containsEntry("k1", "v1");
    }

    @Test
    void anUndisturbedAnswerTakesOneWayThereAndOneWayBack() {
        TestGroup group = inSync(USUAL);
        TestTable sessions = group.a.table("sessions");
        sessions.set("gathered", "v");
        long asked = group.now;
        sessions.ask("k1", "v1");
        group.until("answered", () -> !sessions.answers.isEmpty());
        assertThat(group.now - asked).as("changes are gathered for 20 ms otherwise; a frame takes 1 ms, and each end a step")
                .isLessThanOrEqualTo(4);
    }

    @Test
    void anEntryThatChangesAgainBeforeItIsSentIsConfirmedByItsLaterState() {
        TestGroup group = inSync(USUAL.quickBackup());
        TestTable sessions = group.a.table("sessions");
        sessions.ask("k1", "v1");
        sessions.set("k1", "v2");
        sessions.ask("k1", "v3");
        group.untilQuiet();
        assertThat(sessions.answers).containsExactlyInAnyOrder("v1 APPLIED", "v3 APPLIED");
        assertThat(group.b.table("sessions").restored).containsExactly("k1=v3");
    }

    @Test
    void anEntryThatChangesAgainWhileItIsOnItsWayIsConfirmedByTheStateThatWasAskedFor() {
        TestGroup group = inSync(USUAL.quickBackup());
        TestTable sessions = group.a.table("sessions");
        sessions.ask("k1", "v1");
        group.step();
        sessions.set("k1", "v2");
        group.b.table("sessions").paused = true;
        group.run(20);
        assertThat(sessions.answers).isEmpty();
        group.b.table("sessions").paused = false;
        group.untilQuiet();
        assertThat(sessions.answers).containsExactly("v1 APPLIED");
    }

    @Test
    void anEntryThatIsRemovedAgainIsConfirmedByItsRemoval() {
        TestGroup group = inSync(USUAL.quickBackup());
        TestTable sessions = group.a.table("sessions");
        sessions.ask("k1", "v1");
        sessions.delete("k1");
        group.untilQuiet();
        assertThat(sessions.answers).containsExactly("v1 APPLIED");
    }

    @Test
    void withoutALinkTheAnswerComesAtOnce() {
        TestGroup group = inSync(USUAL);
        group.links.get(0).down();
        group.a.table("sessions").ask("k1", "v1");
        assertThat(group.a.table("sessions").answers).containsExactly("v1 at once NO_PEER");
        group.links.get(0).up = true;
        group.untilQuiet();
        assertThat(group.b.table("sessions").content).as("it is backed up all the same").containsEntry("k1", "v1");
    }

    @Test
    void aLinkThatIsLostMeanwhileIsTheAnswer() {
        TestGroup group = inSync(USUAL.quickBackup());
        TestTable sessions = group.a.table("sessions");
        group.b.table("sessions").paused = true;
        sessions.ask("sent", "v1");
        group.run(5);
        group.links.get(0).stalled = true;
        sessions.ask("waiting", "v2");
        group.links.get(0).down();
        assertThat(sessions.answers).containsExactlyInAnyOrder("v1 NO_PEER", "v2 NO_PEER");
    }

    @Test
    void anEntryWhoseLinkWasLostReachesThePeerByTheOtherOne() {
        TestGroup group = inSync(USUAL.quickBackup().links(2));
        TestTable sessions = group.a.table("sessions");
        sessions.ask("k1", "v1");
        group.links.get(0).down();
        assertThat(sessions.answers).containsExactly("v1 NO_PEER");
        group.untilQuiet();
        assertThat(sessions.answers).hasSize(1);
        group.assertEqualTables();
    }

    @Test
    void aPeerWithoutAHandlerForTheTableIsTheAnswerAtOnce() {
        TestGroup group = inSync(USUAL);
        group.b.table("sessions").handlerGoes();
        group.run(50);
        group.a.table("sessions").ask("k1", "v1");
        assertThat(group.a.table("sessions").answers).containsExactly("v1 at once NOT_FOLLOWED");
    }

    @Test
    void aHandlerThatFailsOnThePeerIsNoConfirmation() {
        TestGroup group = inSync(USUAL.quickBackup());
        group.b.table("sessions").failing = true;
        group.a.table("sessions").ask("k1", "v1");
        group.run(50);
        assertThat(group.a.table("sessions").answers).containsExactly("v1 NOT_FOLLOWED");
    }

    @Test
    void aTableThatHasOutgrownItsBacklogIsTheAnswerAtOnce() {
        TestGroup group = inSync(USUAL.backlog(5000).quickBackup());
        group.b.table("sessions").paused = true;
        TestTable sessions = group.a.table("sessions");
        for (int i = 0; i < 100; i++) {
            sessions.ask("k" + i, "v" + i);
        }
        group.b.table("sessions").paused = false;
        group.untilQuiet();
        assertThat(sessions.answers).as("each is answered once").hasSize(100);
        assertThat(sessions.answers).contains("v99 at once NOT_FOLLOWED");
        group.assertEqualTables();
    }
}
