/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.List;

/** Tables of a lane take turns on a connection, so that a busy one does not starve the others. */
final class Turns {

    private int turn;

    /** The table whose changes are due next, the most urgent first; null when none are. */
    NumberedTable changes(List<NumberedTable> tables, long now, long gatherMillis) {
        NumberedTable gathered = null;
        for (int i = 0; i < tables.size(); i++) {
            NumberedTable table = tables.get((turn + i) % tables.size());
            Lane lane = table.replica().traffic().lane(now, gatherMillis);
            if (lane == Lane.URGENT) {
                turn = (turn + i + 1) % tables.size();
                return table;
            }
            if (lane == Lane.CHANGES && gathered == null) {
                gathered = table;
            }
        }
        if (gathered != null) {
            turn = (turn + 1) % tables.size();
        }
        return gathered;
    }

    /** Writes the next part of a snapshot; false when none is due. */
    boolean snapshot(Session session, List<NumberedTable> tables, ByteBuffer into) {
        for (int i = 0; i < tables.size(); i++) {
            NumberedTable table = tables.get((turn + i) % tables.size());
            if (table.replica().traffic().nextSnapshot(session, into, table.number())) {
                turn = (turn + i + 1) % tables.size();
                return true;
            }
        }
        return false;
    }
}
