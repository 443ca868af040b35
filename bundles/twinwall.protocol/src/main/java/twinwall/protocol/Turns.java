/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Tables of a lane take turns on a connection, so that a busy one does not starve the others. What a table needs from others goes before
 * it, due or not.
 */
final class Turns {

    private int turn;
    private Due beforeSnapshot;

    /** A table whose changes are to be sent, up to a number of the {@link TableOrder}. */
    record Due(NumberedTable table, long limit) {
    }

    /** The table whose changes are due next, the most urgent first; null when none are. */
    Due changes(List<NumberedTable> tables, long now, long gatherMillis) {
        Due gathered = null;
        for (int i = 0; i < tables.size(); i++) {
            NumberedTable table = tables.get((turn + i) % tables.size());
            Lane lane = table.replica().traffic().lane(now, gatherMillis);
            Due due = lane == Lane.URGENT || lane == Lane.CHANGES && gathered == null ? first(table, tables) : null;
            if (due != null && lane == Lane.URGENT) {
                turn = (turn + i + 1) % tables.size();
                return due;
            }
            gathered = gathered == null ? due : gathered;
        }
        if (gathered != null) {
            turn = (turn + 1) % tables.size();
        }
        return gathered;
    }

    /** The table itself, or one that must go before it; null when that cannot be sent now. */
    private static Due first(NumberedTable table, List<NumberedTable> tables) {
        Needs.Limit limit = table.replica().traffic().changesLimit();
        return limit.inTheWay() == null ? new Due(table, limit.number()) : sendable(limit.inTheWay(), tables);
    }

    private static Due sendable(TableReplica inTheWay, List<NumberedTable> tables) {
        for (NumberedTable table : tables) {
            if (table.replica() == inTheWay) {
                return inTheWay.traffic().changesWait() ? first(table, tables) : null;
            }
        }
        return null;
    }

    /** Writes the next part of a snapshot; false when none is due. */
    boolean snapshot(Session session, List<NumberedTable> tables, ByteBuffer into) {
        beforeSnapshot = null;
        for (int i = 0; i < tables.size(); i++) {
            NumberedTable table = tables.get((turn + i) % tables.size());
            Needs.Limit limit = table.replica().traffic().snapshotLimit();
            if (limit != null && limit.inTheWay() != null) {
                beforeSnapshot = beforeSnapshot == null ? sendable(limit.inTheWay(), tables) : beforeSnapshot;
            } else if (limit != null && table.replica().traffic().nextSnapshot(session, into, table.number(), limit.number())) {
                turn = (turn + i + 1) % tables.size();
                return true;
            }
        }
        return false;
    }

    /** What a snapshot waits for that {@link #snapshot} did not write, or null. */
    Due beforeSnapshot() {
        return beforeSnapshot;
    }
}
