/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/** A heartbeat link of a {@link TestGroup}: it connects by itself while it is up and both processes live. */
final class TestLink {

    private static final long SEEK_MILLIS = 50;

    final TestGroup group;
    final int order;
    boolean up = true;
    /** Nothing arrives and nothing is lost: nobody notices but by time. */
    boolean stalled;
    /** Nothing gets through to the first firewall, or to the second. */
    boolean[] deaf = new boolean[2];
    /** Whether the first firewall keeps it for heartbeats, and the second. */
    boolean[] heartbeatOnly = new boolean[2];
    /** When the connecting side tries whether a new connection can be made beside this one; -1: it does not. */
    long seekAt = -1;
    int bytesPerMilli = 64 * 1024;
    TestEnd a;
    TestEnd b;

    TestLink(TestGroup group, int order) {
        this.group = group;
        this.order = order;
    }

    /** Goes down with what is on its way; both ends notice at once. */
    void down() {
        up = false;
        cut();
    }

    /** Connects again a moment later. */
    void cut() {
        seekAt = -1;
        if (a != null) {
            a.cut(group.now);
            b.cut(group.now);
            a = null;
            b = null;
        }
    }

    void step() {
        if (a != null) {
            a.deliver(group.now);
            b.deliver(group.now);
            boolean another = seekAt >= 0 && seekAt <= group.now && whole();
            if (another || a.closing != null || b.closing != null || a.owner != group.a || b.owner != group.b) {
                cut();
            } else {
                seekAt = seekAt >= 0 && seekAt <= group.now ? group.now + SEEK_MILLIS : seekAt;
                a.pull(group.now);
                b.pull(group.now);
            }
        } else if (up && whole() && !group.a.dead && !group.b.dead) {
            connect();
        }
    }

    private boolean whole() {
        return !stalled && !deaf[0] && !deaf[1] && !group.a.stopped && !group.b.stopped;
    }

    private void connect() {
        a = new TestEnd(group.a, this);
        b = new TestEnd(group.b, this);
        a.other = b;
        b.other = a;
        a.session = group.a.member.connected(a, order, heartbeatOnly[0], group.now);
        b.session = group.b.member.connected(b, order, heartbeatOnly[1], group.now);
    }

    TestEnd end(TestFirewall of) {
        return of == a.owner ? a : b;
    }
}
