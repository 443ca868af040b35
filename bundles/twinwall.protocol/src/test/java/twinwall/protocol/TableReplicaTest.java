/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;
import static twinwall.protocol.TestGroup.spec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.group.Role;

/** One table's replication between two firewalls. */
class TableReplicaTest {

    private static final TableSpec KEYS = new TableSpec("pki-certificate", 1, new byte[] {1}, true, false, HandlerOrigin.UNKNOWN);

    @Test
    void anEntryChangedTenTimesIsSentOnceInItsLatestState() {
        TestGroup group = inSync(USUAL);
        for (int i = 1; i <= 10; i++) {
            group.a.table("sessions").set("k1", "v" + i);
        }
        group.untilQuiet();
        assertThat(group.b.table("sessions").restored).containsExactly("k1=v10");
        assertThat(group.a.state("sessions").changes()).isEqualTo(1);
    }

    @Test
    void changesAreGatheredForAnInterval() {
        TestGroup group = inSync(USUAL);
        List<Long> sentAt = changesSentAt(group);
        group.run(50);
        group.a.table("sessions").set("k1", "v1");
        group.run(5);
        group.a.table("sessions").set("k2", "v2");
        group.a.table("sessions").set("k3", "v3");
        group.untilQuiet();
        assertThat(sentAt).as("the first at once, as nothing was sent for long; the others together, an interval later").hasSize(2);
        assertThat(sentAt.get(1) - sentAt.get(0)).isEqualTo(TestGroup.GATHER_MILLIS);
    }

    @Test
    void aLinkThatCarriesTheDataNoMoreTakesNothingThatIsMeantForTheNext() {
        TableTraffic table = inSync(USUAL).a.member.tables().find("sessions").replica().traffic();
        DataLink before = () -> true;
        boolean[] announced = new boolean[1];
        DataLink next = () -> announced[0];
        table.connected(before, true);
        table.connected(next, true);
        ByteBuffer into = ByteBuffer.allocate(4096);

        assertThat(table.nextControl(before, into, 0, 0)).isFalse();
        assertThat(table.nextControl(next, into, 0, 0)).as("before the peer knows").isFalse();
        assertThat(into.position()).isZero();
        announced[0] = true;
        assertThat(table.nextControl(next, into, 0, 0)).as("the offer").isTrue();
    }

    @Test
    void anEntryThatChangesDuringASnapshotIsNeverMissing() {
        TestGroup group = inSync(USUAL);
        for (int i = 0; i < 10; i++) {
            group.a.table("sessions").set("k" + i, "v1");
        }
        group.untilQuiet();
        group.tap = (end, frame) -> {
            if (end.owner == group.a && Frames.type(frame) == FrameType.SNAPSHOT_BEGIN && Frames.table(frame) == 0) {
                group.a.table("sessions").set("k1", "v2");
            }
        };
        group.a.table("sessions").replica.sendAgain();
        for (int i = 0; i < 100; i++) {
            group.step();
            assertThat(group.b.table("sessions").content).as("after %d ms", i).containsKey("k1");
        }
        assertThat(group.b.table("sessions").content).containsEntry("k1", "v2");
    }

    @Test
    void withQuickBackupChangesAreSentAtOnce() {
        TestGroup group = inSync(USUAL.quickBackup());
        List<Long> sentAt = changesSentAt(group);
        for (int i = 0; i < 5; i++) {
            group.a.table("sessions").set("k" + i, "v");
            group.step();
        }
        assertThat(sentAt).hasSize(5);
    }

    private static List<Long> changesSentAt(TestGroup group) {
        List<Long> sentAt = new ArrayList<>();
        group.tap = (end, frame) -> {
            if (end.owner == group.a && Frames.type(frame) == FrameType.CHANGES) {
                sentAt.add(group.now);
            }
        };
        return sentAt;
    }

    @Test
    void aChangeIsConfirmedWhenItIsAppliedNotWhenItHasCome() {
        TestGroup group = inSync(USUAL);
        group.b.table("sessions").paused = true;
        group.a.table("sessions").set("k1", "v1");
        group.run(130);
        assertThat(group.a.state("sessions").lag()).isEqualTo(1);
        assertThat(group.a.state("sessions").lagMillis()).isBetween(125L, 130L);
        assertThat(group.a.state("sessions").atRisk()).isEqualTo(1);
        assertThat(group.a.state("blacklist").lag()).isZero();
        group.b.table("sessions").paused = false;
        group.untilQuiet();
        assertThat(group.b.table("sessions").content).containsEntry("k1", "v1");
        assertThat(group.a.state("sessions").lagMillis()).isZero();
    }

    @Test
    void withoutAPeerTheWholeTableIsAtRisk() {
        TestGroup group = new TestGroup(USUAL);
        group.links.get(0).down();
        group.a.table("sessions").set("k1", "v1");
        group.a.table("sessions").set("k2", "v2");
        group.until("active", () -> group.a.member.role() == Role.ACTIVE);
        TableState state = group.a.state("sessions");
        assertThat(state.atRisk()).isEqualTo(2);
        assertThat(state.delivered()).isFalse();
        assertThat(state.detail()).isEqualTo("not yet offered to the peer");
    }

    @Test
    void afterALinkLossOnlyWhatDidNotArriveIsSentAgain() {
        TestGroup group = inSync(USUAL);
        for (int i = 0; i < 100; i++) {
            group.a.table("sessions").set("k" + i, "v");
        }
        group.untilQuiet();
        group.links.get(0).down();
        group.a.table("sessions").set("k1", "new");
        group.a.table("sessions").delete("k2");
        group.run(100);
        group.links.get(0).up = true;
        group.untilQuiet();
        assertThat(group.a.state("sessions").changes()).isEqualTo(102);
        assertThat(group.b.table("sessions").restored).hasSize(102).endsWith("k1=new", "k2 removed");
        assertThat(group.a.table("sessions").snapshotsWanted).isEqualTo(1);
        group.assertEqualTables();
    }

    @Test
    void peerBehindByMoreThanTheBacklogIsSentASnapshot() {
        TestGroup group = inSync(USUAL.backlog(5000));
        group.links.get(0).down();
        for (int i = 0; i < 100; i++) {
            group.a.table("sessions").set("k" + i, "v");
        }
        group.run(100);
        assertThat(group.a.state("sessions").overflows()).isEqualTo(1);
        assertThat(group.a.table("sessions").replica.backlogBytes()).isLessThanOrEqualTo(5000 + 300);
        group.links.get(0).up = true;
        group.untilQuiet();
        assertThat(group.a.table("sessions").snapshotsWanted).isEqualTo(2);
        group.assertEqualTables();
    }

    @Test
    void aPeerThatMissedTooMuchIsSentWhatItLacksAndNoMore() {
        TestGroup group = inSync(USUAL.backlog(20_000));
        for (int i = 0; i < 1000; i++) {
            group.a.table("sessions").set("k" + i, "v");
            if (i % 50 == 49) {
                group.untilQuiet();
            }
        }
        group.links.get(0).down();
        for (int i = 0; i < 100; i++) {
            group.a.table("sessions").set("k" + i, "new");
        }
        group.a.table("sessions").delete("k500");
        group.a.table("sessions").set("k501", "new");
        group.a.table("sessions").delete("k501");
        group.a.table("sessions").set("k1000", "new");
        assertThat(group.a.state("sessions").overflows()).isEqualTo(1);
        int before = group.b.table("sessions").restored.size();
        group.links.get(0).up = true;
        group.untilQuiet();
        group.assertEqualTables();
        assertThat(group.b.table("sessions").content).hasSize(999);
        assertThat(group.b.table("sessions").restored.size() - before).as("101 changed, 2 removed").isEqualTo(103);
        assertThat(group.a.member.allDelivered()).isTrue();
    }

    @Test
    void whatAPeerMissesWhileItIsSentWhatItMissedIsSentNext() {
        TestGroup group = inSync(USUAL.backlog(5000));
        for (int i = 0; i < 100; i++) {
            group.a.table("sessions").set("k" + i, "v");
            group.untilQuiet();
        }
        group.links.get(0).down();
        for (int i = 0; i < 40; i++) {
            group.a.table("sessions").set("k" + i, "new");
        }
        group.b.table("sessions").paused = true;
        group.links.get(0).up = true;
        group.until("begun", () -> group.a.table("sessions").snapshotsWanted == 2);
        for (int i = 30; i < 80; i++) {
            group.a.table("sessions").delete("k" + i);
            group.step();
        }
        assertThat(group.a.state("sessions").overflows()).isGreaterThan(1);
        group.b.table("sessions").paused = false;
        group.untilQuiet();
        group.assertEqualTables();
        assertThat(group.b.table("sessions").content).hasSize(50);
        assertThat(group.a.member.allDelivered()).isTrue();
    }

    @Test
    void aPeerThatUnderstandsNoPartOfATableIsSentAllOfIt() {
        TestGroup group = inSync(USUAL.backlog(5000));
        for (int i = 0; i < 100; i++) {
            group.a.table("sessions").set("k" + i, "v");
            group.untilQuiet();
        }
        List<Integer> lengths = new ArrayList<>();
        group.tap = (end, frame) -> {
            if (end.owner == group.b && Frames.type(frame) == FrameType.ACCEPT) {
                frame[frame.length - 1] = 0;
            } else if (end.owner == group.a && Frames.type(frame) == FrameType.SNAPSHOT_BEGIN && Frames.table(frame) == 0) {
                lengths.add(frame.length);
            }
        };
        group.links.get(0).down();
        for (int i = 0; i < 40; i++) {
            group.a.table("sessions").set("k" + i, "new");
        }
        group.links.get(0).up = true;
        group.untilQuiet();
        group.assertEqualTables();
        assertThat(lengths).as("as if the accept had no such byte").allMatch(length -> length < 40).hasSize(1);
    }

    @Test
    void aFlappingLinkNeverMakesASnapshotBeginAgain() {
        TestGroup group = new TestGroup(USUAL.withTables(spec("sessions")));
        group.links.get(0).bytesPerMilli = 200;
        String large = "v".repeat(1000);
        for (int i = 0; i < 5000; i++) {
            group.a.table("sessions").set("k" + i, large);
        }
        int flaps = 0;
        while (group.b.table("sessions").content.size() < 5000) {
            assertThat(++flaps).as("times that the link was lost").isLessThan(100);
            group.run(60);
            group.a.table("sessions").set("k" + flaps, "new");
            group.links.get(0).cut();
        }
        group.untilQuiet();
        group.assertEqualTables();
        assertThat(flaps).as("times that the link was lost").isGreaterThan(5);
        assertThat(group.a.table("sessions").snapshotsWanted).isEqualTo(1);
        assertThat(group.b.table("sessions").restored.size()).as("every entry once, and the changes").isLessThanOrEqualTo(5000 + flaps);
    }

    @Test
    void aSensitiveTableIsNotOfferedOnALinkWithoutTls() {
        TestGroup group = new TestGroup(USUAL.withTables(spec("sessions"), KEYS).plain());
        List<String> sent = new ArrayList<>();
        group.tap = (end, frame) -> sent.add(new String(frame, java.nio.charset.StandardCharsets.ISO_8859_1));
        group.a.table("pki-certificate").set("secret-name", "secret-key");
        group.a.table("sessions").set("k1", "v1");
        group.until("sessions copied", () -> group.b.table("sessions").content.containsKey("k1"));
        group.run(1000);
        assertThat(group.b.table("pki-certificate").content).isEmpty();
        assertThat(group.a.state("pki-certificate").detail()).isEqualTo("it is sensitive and the link has no TLS");
        assertThat(group.a.state("pki-certificate").atRisk()).isEqualTo(1);
        assertThat(sent).isNotEmpty().noneMatch(frame -> frame.contains("secret") || frame.contains("pki"));
        assertThat(group.b.member.notReady()).as("a failover would lose it").containsExactly("Sensitive tables are not sent over a link "
                + "without TLS: pki-certificate. Use TLS on the links of both firewalls, or remove the handlers of these tables.");
    }

    @Test
    void aSensitiveTableIsCopiedOverTls() {
        TestGroup group = inSync(USUAL.withTables(spec("sessions"), KEYS));
        group.a.table("pki-certificate").set("name", "key");
        group.untilQuiet();
        assertThat(group.b.table("pki-certificate").content).containsEntry("name", "key");
    }

    @Test
    void aTableAddedWhileTheLinkIsUpIsCopiedBothWaysOnceBothHaveIt() {
        TestGroup group = inSync(USUAL);
        group.a.add(spec("napt")).set("a1", "v");
        group.run(200);
        assertThat(group.a.state("napt").detail()).isEqualTo("the peer has no handler for it");
        group.b.add(spec("napt")).set("b1", "v");
        group.untilQuiet();
        assertThat(group.a.table("napt").content).containsOnlyKeys("a1", "b1");
        group.assertEqualTables();
        group.a.table("napt").set("a2", "v");
        group.untilQuiet();
        assertThat(group.b.table("napt").content).containsKey("a2");
    }

    @Test
    void aTableAddedOnTheStandbyFirstIsCopiedWhenTheActiveHasItToo() {
        TestGroup group = inSync(USUAL);
        group.b.add(spec("napt"));
        group.run(200);
        group.a.add(spec("napt")).set("a1", "v");
        group.untilQuiet();
        assertThat(group.b.table("napt").content).containsOnlyKeys("a1");
    }

    @Test
    void aFailingHandlerTakesItsTableOutOfSyncAndNoOther() {
        TestGroup group = inSync(USUAL);
        group.b.table("sessions").failing = true;
        group.a.table("sessions").set("k1", "v1");
        group.until("refused", () -> !group.a.state("sessions").delivered());
        assertThat(group.a.state("sessions").detail()).isEqualTo("the peer cannot take it: disk full");
        assertThat(group.b.state("sessions").restoreFailure()).isEqualTo("disk full");
        group.a.table("blacklist").set("10.0.0.1", "drop");
        group.run(50);
        assertThat(group.b.table("blacklist").content).containsKey("10.0.0.1");
        assertThat(group.b.member.notReady()).containsExactly("Table 'sessions' cannot take the peer's entries: disk full");
        group.b.table("sessions").failing = false;
        group.b.table("sessions").replica.retryRestoring();
        group.untilQuiet();
        group.assertEqualTables();
    }

    @Test
    void aSnapshotThatFailsIsToldUntilItIsSentAgain() {
        TestGroup group = inSync(USUAL);
        group.a.table("sessions").set("k1", "v1");
        group.a.table("sessions").paused = true;
        group.a.table("sessions").replica.sendAgain();
        group.until("begun", () -> group.a.table("sessions").snapshotsWanted == 2);
        group.a.table("sessions").replica.snapshotFailed(2, "table locked");
        assertThat(group.a.state("sessions").detail()).isEqualTo("table locked");
        assertThat(group.a.member.allDelivered()).isFalse();
        group.a.table("sessions").paused = false;
        group.a.table("sessions").replica.sendAgain();
        group.untilQuiet();
        assertThat(group.a.state("sessions").detail()).isEmpty();
        group.assertEqualTables();
    }

    @Test
    void syncSendsEveryTableAgainBothWays() {
        TestGroup group = inSync(USUAL);
        group.a.table("sessions").set("k1", "v1");
        group.untilQuiet();
        group.b.table("sessions").content.put("extra", "behind the handler's back");
        group.b.table("sessions").content.remove("k1");
        group.a.member.sync();
        group.run(50);
        group.untilQuiet();
        assertThat(group.a.table("sessions").snapshotsWanted).isEqualTo(2);
        assertThat(group.b.table("sessions").snapshotsWanted).isEqualTo(2);
    }

    @Test
    void aSnapshotRemovesWhatTheOtherSideHasNoLonger() {
        TestGroup group = inSync(USUAL);
        group.a.table("sessions").set("k1", "v1");
        group.a.table("sessions").set("k2", "v2");
        group.untilQuiet();
        group.a.table("sessions").handlerGoes();
        group.a.table("sessions").content.remove("k1");
        group.run(50);
        assertThat(group.b.table("sessions").content).containsOnlyKeys("k1", "k2");
        group.a.table("sessions").handlerComes(spec("sessions"));
        group.untilQuiet();
        assertThat(group.b.table("sessions").content).containsOnlyKeys("k2");
        group.assertEqualTables();
    }

    @Test
    void theLargestEntryIsCopiedAsAChangeAndInASnapshot() {
        TestGroup group = new TestGroup(USUAL);
        group.a.table("sessions").set("s".repeat(Limits.KEY), "v".repeat(Limits.VALUE));
        group.untilQuiet();
        group.assertEqualTables();
        group.a.table("sessions").set("c".repeat(Limits.KEY), "v".repeat(Limits.VALUE));
        group.untilQuiet();
        assertThat(group.b.table("sessions").content).hasSize(2);
        group.assertEqualTables();
    }

    @Test
    void anEntryPastTheLimitsIsRefused() {
        TestTable table = new TestGroup(USUAL).a.table("sessions");
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> table.replica.put(new byte[Limits.KEY + 1], new byte[1], Entry.NOTHING))
                .withMessageContaining("1025, 1 and 0 bytes; allowed are 1 to 1024, 16384 and 256.");
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException().isThrownBy(() -> table.replica.remove(new byte[0]));
        assertThat(table.replica.state().lag()).isZero();
    }
}
