/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.List;

/**
 * The tables that one table needs: what they have to send or to apply from before goes first, so that no entry is usable on the peer
 * before those that it depends on. {@link Patience} bounds the wait.
 * <p>
 * Takes the locks of the needed tables one after the other; not to be called with the lock of a table held, but where that is said.
 */
final class Needs {

    /** Nothing is in the way; also: no number. */
    static final long NOTHING = Long.MAX_VALUE;
    /** Everything must wait. */
    static final long EVERYTHING = 0;

    private final TableReplica table;
    private final Patience sending = new Patience();
    private final Patience taking = new Patience();
    private volatile TableOrder order = new TableOrder();
    private volatile boolean held;

    /** What may be sent. */
    record Limit(long number, TableReplica inTheWay) {
        private static final Limit NONE = new Limit(NOTHING, null);
    }

    Needs(TableReplica table) {
        this.table = table;
    }

    /** The table belongs to a group from now on. */
    void join(TableOrder group) {
        order = group;
        group.add(table);
    }

    TableOrder order() {
        return order;
    }

    /**
     * Up to which number this table's changes may be sent.
     *
     * @param head the number of the one that would be next
     * @param whole the peer has the whole table
     */
    Limit sendable(long head, boolean whole, long now) {
        List<TableReplica> needed = order.needs(table);
        if (needed.isEmpty()) {
            return Limit.NONE;
        }
        // Read before the others are looked at: what comes later waits for the next look.
        long number = order.now();
        TableReplica inTheWay = null;
        for (TableReplica other : needed) {
            long owes = other.traffic().owes(whole);
            if (precedes(sending, other, owes, head, whole, now)) {
                inTheWay = other;
                number = Math.min(number, owes - 1);
            } else if (owes > head) {
                number = Math.min(number, owes - 1);
            }
        }
        return new Limit(number, inTheWay);
    }

    /** Whether work that came with this number may be done: all that came before it for the needed tables is. */
    boolean takeable(long arrival, boolean whole, long now) {
        List<TableReplica> needed = order.needs(table);
        // Before the look, so that whoever finishes after it wakes this table.
        held = !needed.isEmpty();
        boolean free = true;
        for (TableReplica other : needed) {
            free &= !precedes(taking, other, other.unfinished(whole), arrival, whole, now);
        }
        held = !free;
        return free;
    }

    private synchronized boolean precedes(Patience patience, TableReplica other, long first, long number, boolean whole, long now) {
        if (first == NOTHING) {
            patience.caughtUp(other);
        }
        return first <= number && patience.waits(other, whole, now);
    }

    /** All that waited was sent. May be called with the table's lock held. */
    synchronized void allSent() {
        sending.nothingWaits();
    }

    /** All that had come was taken. May be called with the table's lock held. */
    synchronized void allTaken() {
        taking.nothingWaits();
    }

    /** Work of this table waits for another one. */
    boolean held() {
        return held;
    }

    /** This table has finished something: those that wait for it look again. May be called with the table's lock held. */
    void finished() {
        for (TableReplica other : order.neededBy(table)) {
            other.workMayGoOn();
        }
    }

    /** How often a needed table was not waited for any longer, when sending and when applying. */
    synchronized long givenUp() {
        return sending.times() + taking.times();
    }

    /** Whether the table goes on without one that it needs. */
    synchronized boolean withoutOne() {
        return sending.over() || taking.over();
    }
}
