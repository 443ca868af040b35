/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/** A heartbeat link of a {@link TestGroup}: it connects by itself while it is up and both processes live. */
final class TestLink {

    final TestGroup group;
    final int order;
    boolean up = true;
    /** Nothing arrives and nothing is lost: nobody notices but by time. */
    boolean stalled;
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
            if (a.closing != null || b.closing != null || a.owner != group.a || b.owner != group.b) {
                cut();
            } else {
                a.pull(group.now);
                b.pull(group.now);
            }
        } else if (up && !stalled && !group.a.dead && !group.b.dead) {
            connect();
        }
    }

    private void connect() {
        a = new TestEnd(group.a, this);
        b = new TestEnd(group.b, this);
        a.other = b;
        b.other = a;
        a.session = group.a.member.connected(a, order, group.now);
        b.session = group.b.member.connected(b, order, group.now);
    }

    TestEnd end(TestFirewall of) {
        return of == a.owner ? a : b;
    }
}
