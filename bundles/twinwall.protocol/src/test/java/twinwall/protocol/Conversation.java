/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.spec;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What two firewalls say to each other in a life with everything in it that the protocol knows, frame by frame: the golden wire file of a
 * release is one such conversation.
 */
final class Conversation {

    /** Both firewalls and how they are made; a recorded conversation can be given to one that is made alike. */
    static final TestGroup.Plan PLAN = USUAL.withTables(spec("sessions"), TestGroup.urgent("blacklist"));

    final List<String> lines = new ArrayList<>();
    private final TestGroup group = new TestGroup(PLAN);

    /** Plays it. */
    static List<String> play() throws Exception {
        Conversation conversation = new Conversation();
        conversation.group.tap = conversation::said;
        conversation.copies();
        conversation.compares();
        conversation.handlersComeAndGo();
        conversation.splits();
        return conversation.lines;
    }

    private void said(TestEnd end, byte[] frame) {
        try {
            lines.add(group.now + " " + end.owner.name + " " + HexFormat.of().formatHex(frame) + " " + FrameText.of(frame));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What a firewall of this version must make of it: a table with changes, and what was removed. */
    private void copies() {
        TestTable sessions = group.a.table("sessions");
        for (int i = 0; i < 20; i++) {
            sessions.set("k" + i, "v" + i);
        }
        group.untilQuiet();
        sessions.set("k1", "later");
        sessions.content.put("k2", "with facts");
        sessions.replica.put(TestTable.bytes("k2"), TestTable.bytes("with facts"), TestTable.bytes("42 s"));
        sessions.delete("k3");
        group.a.table("blacklist").set("192.0.2.66", "drop");
        group.a.member.messages().send("packets", TestTable.bytes("a message"));
        group.untilQuiet();
        group.a.member.sync();
        group.run(150);
        group.untilQuiet();
        lines.add("expect sessions " + group.b.table("sessions").content);
        lines.add("expect blacklist " + group.b.table("blacklist").content);
    }

    private void compares() {
        group.compareEvery(200);
        group.run(500);
        group.b.table("sessions").content.put("k4", "flipped");
        group.b.member.check();
        group.run(1500);
        group.compareEvery(0);
        group.a.member.quickBackup(true);
        group.run(200);
        group.untilQuiet();
    }

    private void handlersComeAndGo() {
        group.a.add(spec("napt"));
        group.a.table("napt").set("n1", "m1");
        group.run(50);
        // Kept on fw-b: its table stands for what it keeps.
        group.b.add(TableSpec.kept("napt", new Work.Open(1, new byte[] {1}), true));
        group.run(300);
        group.b.table("napt").failing = true;
        group.a.table("napt").set("n2", "m2");
        group.run(200);
        group.b.table("napt").failing = false;
        group.b.table("napt").replica.retryRestoring();
        group.b.table("sessions").handlerGoes();
        group.run(200);
        group.b.table("sessions").handlerComes(new TableSpec("sessions", 2, new byte[] {1, 2}, false, false,
                new HandlerOrigin("test.sessions", "2.0.0", 7)));
        group.run(500);
    }

    private void splits() {
        group.links.get(0).stalled = true;
        group.run(1000);
        group.a.table("sessions").set("k5", "established");
        group.b.table("sessions").set("k5", "closed");
        group.links.get(0).down();
        group.links.get(0).stalled = false;
        group.links.get(0).up = true;
        group.run(2000);
        group.a.member.switchover(group.now);
        group.run(1000);
        group.a.member.stop("stops");
        group.b.member.stop("stops");
        group.run(10);
    }
}
