/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

/** Lets tests in other packages look at what only this package sees. */
public final class Probe {

    private Probe() {
    }

    /** Entries only remembered as removed. */
    public static int tombstones(TableReplica replica) {
        return replica.tombstones();
    }

    /** Whether the peer has confirmed the entry's last state. */
    public static boolean confirmed(TableReplica replica, byte[] key) {
        return replica.confirmed(key);
    }

    /** Whether work waits. */
    public static boolean idle(TableReplica replica) {
        return replica.queuedWork() == 0;
    }

    /** Bytes of work that waits. */
    public static long queuedBytes(TableReplica replica) {
        return replica.queuedBytes();
    }

    /** That what a firewall holds for its peer is within limits, where so many bytes may wait for it per table. */
    static void assertBounded(TestFirewall firewall, long backlog) {
        for (TestTable table : firewall.tables.values()) {
            assertThat(queuedBytes(table.replica)).isLessThanOrEqualTo(Limits.QUEUED_BYTES);
            assertThat(table.replica.backlogBytes()).isLessThanOrEqualTo(backlog + Limits.KEY + Limits.VALUE + Limits.SOFT
                    + Pending.OVERHEAD);
        }
    }

    /** What is still to happen to the roles; empty when nothing is. */
    public static String pending(Member member, long now) {
        return member.pending(now);
    }

    /** How often it did not wait any longer for a table that it needs, and at least one more while it still does not. */
    public static long givenUp(TableReplica replica) {
        return replica.needs().givenUp() + (replica.needs().withoutOne() ? 1L << 32 : 0);
    }

    /** Bytes held for the peer. */
    public static long backlogBytes(TableReplica replica) {
        return replica.backlogBytes();
    }
}
