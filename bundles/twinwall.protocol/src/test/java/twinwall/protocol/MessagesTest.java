/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.link.HeartbeatLink;

/** Messages that nobody confirms. */
class MessagesTest {

    private static byte[] message(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static List<Integer> types(TestEnd end, long now, int frames) throws Exception {
        List<Integer> types = new ArrayList<>();
        ByteBuffer into = ByteBuffer.allocate(HeartbeatLink.MAX_FRAME);
        while (types.size() < frames && end.session.next(into.clear(), now)) {
            types.add(into.get(0) & 0xff);
        }
        return types;
    }

    @Test
    void messagesArriveInOrderWithTheirTopic() {
        TestGroup group = inSync(USUAL);
        for (int i = 0; i < 500; i++) {
            assertThat(group.a.member.messages().send("packets", message(i))).isTrue();
        }
        group.run(50);
        assertThat(group.b.messages).hasSize(500).startsWith("packets 0").endsWith("packets 499");
        assertThat(group.a.member.messages().refused()).isEmpty();
        assertThat(group.faults).isEmpty();
    }

    @Test
    void withoutALinkNothingIsSent() {
        TestGroup group = new TestGroup(USUAL);
        assertThat(group.a.member.messages().send("packets", message(1))).isFalse();
        assertThat(group.a.member.messages().refused()).containsEntry("message-no-link", 1L);
    }

    @Test
    void overALinkWithoutTlsNothingIsSent() {
        TestGroup group = new TestGroup(USUAL.plain());
        group.run(1000);
        assertThat(group.a.member.messages().send("packets", message(1))).isFalse();
        assertThat(group.a.member.messages().refused()).containsEntry("message-plain-text", 1L);
        group.run(100);
        assertThat(group.b.messages).isEmpty();
    }

    @Test
    void whatWaitsIsBoundedAndLostWithItsLink() {
        TestGroup group = inSync(USUAL);
        group.linksByHand();
        int sent = 0;
        while (group.a.member.messages().send("packets", new byte[1000])) {
            sent++;
        }
        assertThat(sent).isEqualTo(Messages.MOST_WAITING);
        group.links.get(0).cut();
        assertThat(group.a.member.messages().refused()).containsEntry("message-limit", 1L).containsEntry("message-link-lost", (long) sent);
        assertThatThrownBy(() -> group.a.member.messages().send("packets", new byte[Messages.MOST_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("packets");
    }

    @Test
    void messagesWaitForEveryChangeThatIsDue() throws Exception {
        TestGroup group = inSync(USUAL);
        group.linksByHand();
        TestEnd end = group.links.get(0).a;
        types(end, group.now, 1000);
        for (int i = 0; i < 2000; i++) {
            group.a.table("sessions").set("k" + i, "a value of some length");
        }
        group.a.table("blacklist").set("10.0.0.1", "drop");
        for (int i = 0; i < 200; i++) {
            group.a.member.messages().send("packets", new byte[1000]);
        }
        List<Integer> types = types(end, group.now, 400);
        types.removeIf(type -> type != FrameType.CHANGES && type != FrameType.MESSAGE);
        assertThat(types).contains(FrameType.CHANGES).endsWith(FrameType.MESSAGE);
        int first = types.indexOf(FrameType.MESSAGE);
        assertThat(types.subList(first, types.size())).hasSize(200).containsOnly(FrameType.MESSAGE);
    }

    @Test
    void aSnapshotHasATurnAmongMessages() throws Exception {
        TestGroup group = inSync(USUAL);
        for (int i = 0; i < 2000; i++) {
            group.a.table("sessions").set("k" + i, "a value of some length");
        }
        group.run(1000);
        group.linksByHand();
        TestEnd end = group.links.get(0).a;
        types(end, group.now, 1000);
        group.a.member.sync();
        for (int i = 0; i < 200; i++) {
            group.a.member.messages().send("packets", new byte[1000]);
        }
        List<Integer> types = types(end, group.now, 400);
        types.removeIf(type -> type != FrameType.SNAPSHOT_BEGIN && type != FrameType.MESSAGE);
        assertThat(types.subList(0, 60)).containsOnly(FrameType.MESSAGE);
        assertThat(types.subList(60, 70)).contains(FrameType.SNAPSHOT_BEGIN, FrameType.MESSAGE);
    }
}
