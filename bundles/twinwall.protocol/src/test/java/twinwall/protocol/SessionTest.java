/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;
import static twinwall.protocol.TestGroup.spec;
import static twinwall.protocol.TestGroup.urgent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import twinwall.group.Networking;
import twinwall.link.ProtocolException;

/** What goes over a connection first, and what is refused on it. */
class SessionTest {

    private static final int SIXTEEN_KIB = 16 * 1024;

    @Test
    void aHelloGoesBeforeQueuedDataHoweverMuchIsQueued() {
        TestGroup group = inSync(USUAL);
        group.linksByHand();
        TestEnd end = group.links.get(0).a;
        drain(end, group.now);
        for (int i = 0; i < 20_000; i++) {
            group.a.table("sessions").set("k" + i, "a value of some length");
        }
        List<Integer> before = next(end, group.now, 3);
        assertThat(before).as("there is data to send").contains(FrameType.CHANGES);
        assertThat(next(end, group.now + TestGroup.HELLO_MILLIS, 2)).containsExactly(FrameType.HELLO, FrameType.CHANGES);
    }

    @Test
    void anUrgentTableGoesBeforeOneWhoseChangesAreGathered() {
        TestGroup group = inSync(USUAL);
        group.linksByHand();
        TestEnd end = group.links.get(0).a;
        drain(end, group.now);
        for (int i = 0; i < 5000; i++) {
            group.a.table("sessions").set("k" + i, "v");
        }
        changes(end, group.now, 1);
        group.a.table("blacklist").set("10.0.0.1", "drop");
        assertThat(Frames.keys(changes(end, group.now, 1).get(0))).containsExactly("10.0.0.1");
        assertThat(Frames.keys(changes(end, group.now, 1).get(0))).contains("k2000");
    }

    @Test
    void aTableWithARemovalGoesBeforeOneWithout() {
        TestGroup group = inSync(USUAL.withTables(spec("sessions"), spec("napt")));
        group.linksByHand();
        TestEnd end = group.links.get(0).a;
        drain(end, group.now);
        for (int turn = 0; turn < 4; turn++) {
            for (int i = 0; i < 600; i++) {
                group.a.table("sessions").set("k" + i, "v" + turn);
                group.a.table("napt").set("n" + i, "v" + turn);
            }
            group.a.table("napt").delete("n1");
            assertThat(Frames.table(changes(end, group.now, 1).get(0))).as("turn %d", turn).isEqualTo(1);
            drain(end, group.now);
        }
    }

    @Test
    void tablesOfALaneTakeTurns() {
        TestGroup group = inSync(USUAL.withTables(urgent("busy"), urgent("rare")));
        group.linksByHand();
        TestEnd end = group.links.get(0).a;
        drain(end, group.now);
        for (int i = 0; i < 5000; i++) {
            group.a.table("busy").set("k" + i, "v");
        }
        group.a.table("rare").set("k", "v");
        assertThat(changes(end, group.now, 2)).extracting(Frames::table).contains(1);
    }

    @Test
    void aSnapshotIsSentOnlyWhileNoChangeIsDue() {
        TestGroup group = inSync(USUAL.quickBackup());
        for (int i = 0; i < 3000; i++) {
            group.a.table("sessions").set("k" + i, "v".repeat(100));
        }
        group.untilQuiet();
        group.linksByHand();
        TestEnd end = group.links.get(0).a;
        group.a.table("sessions").replica.sendAgain();
        drain(end, group.now);
        group.a.work();
        assertThat(next(end, group.now, 2)).containsOnly(FrameType.SNAPSHOT_ENTRIES);
        group.a.table("sessions").set("k1", "new");
        assertThat(next(end, group.now, 3)).as("a watermark may go before").endsWith(FrameType.SNAPSHOT_ENTRIES)
                .containsSubsequence(FrameType.CHANGES, FrameType.SNAPSHOT_ENTRIES).containsOnlyOnce(FrameType.CHANGES);
    }

    @RepeatedTest(10)
    void aFrameStaysWithinSixteenKibibytesUnlessOneEntryIsLarger(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        TestGroup group = inSync(USUAL);
        List<byte[]> frames = new ArrayList<>();
        group.tap = (end, frame) -> frames.add(frame);
        for (int i = 0; i < 400; i++) {
            int length = random.nextInt(10) == 0 ? random.nextInt(Limits.VALUE + 1) : random.nextInt(200);
            group.a.table(random.nextBoolean() ? "sessions" : "blacklist").set("k" + i, "x".repeat(length));
        }
        group.untilQuiet();
        group.a.member.sync();
        group.run(50);
        group.untilQuiet();
        assertThat(frames).extracting(Frames::type).contains(FrameType.CHANGES, FrameType.SNAPSHOT_ENTRIES);
        for (byte[] frame : frames) {
            boolean several = Frames.type(frame) != FrameType.CHANGES && Frames.type(frame) != FrameType.SNAPSHOT_ENTRIES
                    || Frames.keys(frame).size() > 1;
            assertThat(frame.length).as("seed %d, frame of type %d", seed, Frames.type(frame))
                    .isLessThanOrEqualTo(several ? SIXTEEN_KIB : Limits.FRAME);
        }
        group.assertEqualTables();
    }

    @Test
    void theFirstFrameIsAGreetingAndNothingElseGoesBeforeThePeersGreeting() {
        TestGroup group = new TestGroup(USUAL);
        group.linksByHand();
        group.links.get(0).step();
        TestEnd end = group.links.get(0).a;
        assertThat(next(end, group.now, 100)).containsExactly(FrameType.GREETING);
        assertThat(end.session.established()).isFalse();
    }

    @Test
    void whatComesBeforeTheGreetingIsRefused() {
        TestGroup group = new TestGroup(USUAL);
        group.linksByHand();
        group.links.get(0).step();
        for (int type : new int[] {FrameType.HELLO, FrameType.CHANGES, 0x80}) {
            refused("no-greeting", group.links.get(0).a, type, 0, 0);
        }
    }

    @Test
    void aStrangersBytesAreNoGreeting() {
        TestGroup group = new TestGroup(USUAL);
        group.linksByHand();
        group.links.get(0).step();
        refused("not-twinwall", group.links.get(0).a, 1, 'G', 'E', 'T', ' ', '/');
        refused("no-greeting", group.links.get(0).a, 'G', 'E', 'T', ' ', '/');
    }

    @Test
    void aPeerThatIsRefusedIsNotEstablished() {
        TestGroup group = new TestGroup(USUAL);
        group.linksByHand();
        group.links.get(0).step();
        TestEnd end = group.links.get(0).a;
        ByteBuffer frame = ByteBuffer.allocate(200);
        new Greeting(1, 1, "fw-c", "fw-a", 9, 5, new Hellos(TestGroup.HELLO_MILLIS, 3), Networking.ACTIVE_STANDBY, false).write(frame);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> end.session.received(frame.flip(), group.now))
                .extracting(ProtocolException::reason).isEqualTo("wrong-peer");
        assertThat(end.session.established()).isFalse();
        assertThat(next(end, group.now, 100)).containsExactly(FrameType.GREETING);
    }

    @Test
    void aPeerThatSendsMoreThanItsWindowsIsCutOffBeforeMemoryGoes() {
        TestGroup group = inSync(USUAL);
        TestEnd end = group.links.get(0).b;
        TableReplica table = group.b.table("sessions").replica;
        ByteBuffer frame = ByteBuffer.allocate(Limits.FRAME);
        String reason = null;
        for (long seq = 1; reason == null && seq < 10 * Limits.QUEUED_BYTES / Limits.VALUE; seq++) {
            frame.clear().put((byte) FrameType.CHANGES);
            for (long number : new long[] {0, seq, 0, 0, 1L << 51}) {
                Wire.putNumber(frame, number);
            }
            EntryCodec.write(frame, new Entry(new byte[] {1}, new byte[Limits.VALUE], Entry.NOTHING, 1L << 51), 1L << 51);
            try {
                end.session.received(frame.flip(), group.now);
            } catch (ProtocolException e) {
                reason = e.reason();
            }
            assertThat(table.queuedBytes()).isLessThanOrEqualTo(Limits.QUEUED_BYTES);
        }
        assertThat(reason).isEqualTo("window-exceeded");
    }

    @Test
    void aSecondGreetingIsRefused() {
        TestGroup group = inSync(USUAL);
        refused("second-greeting", group.links.get(0).a, FrameType.GREETING);
    }

    @Test
    void anUnknownFrameIsRefusedButSkippedWhenItsTypeIsMarkedSo() throws ProtocolException {
        TestGroup group = inSync(USUAL);
        TestEnd end = group.links.get(0).a;
        refused("unknown-frame", end, 0x30, 0);
        refused("unknown-frame", end, 0x7f, 0);
        for (int type = FrameType.DIGEST_CHECK + 1; type <= 0xff; type++) {
            if (type == FrameType.MESSAGE) {
                continue;
            }
            end.session.received(frame(type, 1, 2, 3), group.now);
            end.session.received(frame(type), group.now);
        }
        group.a.table("sessions").set("k1", "v1");
        group.untilQuiet();
        group.assertEqualTables();
    }

    @Test
    void entriesOfATableThatWasNotOfferedAreRefused() {
        TestGroup group = inSync(USUAL);
        refused("unknown-table", group.links.get(0).a, FrameType.CHANGES, 9, 1, 0, 0, 1);
        refused("over-limit", group.links.get(0).a, FrameType.CHANGES, 0x80, 2, 1, 0, 0, 1);
    }

    @Test
    void aGapInTheSequenceIsRefused() {
        TestGroup group = inSync(USUAL);
        refused("gap", group.links.get(0).b, FrameType.CHANGES, 0, 7, 0, 0, 2, 0, 0, 1, 'k', 1, 'v');
    }

    @Test
    void anEmptyFrameIsRefused() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> inSync(USUAL).links.get(0).a.session.received(ByteBuffer.allocate(0), 0))
                .extracting(ProtocolException::reason).isEqualTo("cut-frame");
    }

    @Test
    void aHelloMayBeLongerThanThisVersionKnows() {
        TestGroup group = inSync(USUAL);
        TestEnd end = group.links.get(0).a;
        assertThatCode(() -> end.session.received(frame(FrameType.HELLO, 1, 0, 1, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 42, 43), group.now))
                .doesNotThrowAnyException();
    }

    @Test
    void aConnectionOnWhichNothingIsHeardIsKeptUntilAnotherOneStands() {
        TestGroup group = inSync(USUAL);
        TestLink link = group.links.get(0);
        TestEnd end = link.a;
        link.stalled = true;
        group.run(TestGroup.DETECTION_MILLIS - TestGroup.HELLO_MILLIS - 20);
        assertThat(link.seekAt).isEqualTo(-1);
        group.run(TestGroup.HELLO_MILLIS + 40);
        assertThat(link.seekAt).as("another one is sought").isPositive();
        group.run(1000);
        assertThat(link.a).as("what is said may still be heard").isSameAs(end);
        link.stalled = false;
        group.run(60);
        assertThat(link.a).isNotSameAs(end);
        group.untilQuiet();
    }

    @Test
    void aConnectionWithoutAGreetingIsClosedAfterTheDetectionTime() {
        TestGroup group = new TestGroup(USUAL);
        group.step();
        TestEnd end = group.links.get(0).a;
        group.links.get(0).stalled = true;
        group.run(TestGroup.DETECTION_MILLIS + 20);
        assertThat(end.closing).isEqualTo("no-hello");
    }

    private static void refused(String reason, TestEnd end, int... octets) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> end.session.received(frame(octets), 10_000))
                .extracting(ProtocolException::reason).isEqualTo(reason);
    }

    private static ByteBuffer frame(int... octets) {
        ByteBuffer frame = ByteBuffer.allocate(octets.length);
        for (int octet : octets) {
            frame.put((byte) octet);
        }
        return frame.flip();
    }

    private static void drain(TestEnd end, long now) {
        byte[] frame;
        do {
            frame = end.next(now);
        } while (frame != null);
    }

    private static List<Integer> next(TestEnd end, long now, int most) {
        List<Integer> types = new ArrayList<>();
        for (byte[] frame = end.next(now); frame != null; frame = types.size() < most ? end.next(now) : null) {
            types.add(Frames.type(frame));
        }
        return types;
    }

    private static List<byte[]> changes(TestEnd end, long now, int count) {
        List<byte[]> changes = new ArrayList<>();
        while (changes.size() < count) {
            byte[] frame = end.next(now);
            assertThat(frame).as("%d frames of changes are to come", count).isNotNull();
            if (Frames.type(frame) == FrameType.CHANGES) {
                changes.add(frame);
            }
        }
        return changes;
    }
}
