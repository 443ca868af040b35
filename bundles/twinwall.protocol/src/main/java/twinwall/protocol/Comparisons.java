/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

import twinwall.group.Role;
import twinwall.link.ProtocolException;

/** The comparisons of all tables of one firewall: who leads them, and to whom frames go. */
final class Comparisons {

    private final boolean first;
    private final GroupTables tables;
    private long checks;

    Comparisons(boolean first, GroupTables tables) {
        this.first = first;
        this.tables = tables;
    }

    /** Time passes; {@code roles} is null while no link carries data. */
    void tick(Roles roles, boolean quick, long now) {
        Comparison.Part part = roles == null || roles.peer() == null ? Comparison.Part.NONE : part(roles.role(), roles.peer().role());
        tables.all().forEach(table -> table.replica().comparison().tick(part, quick, now));
    }

    /** Who processes services leads. In load balancing both do, and the one whose name sorts first leads. */
    private Comparison.Part part(Role here, Role there) {
        if (here == Role.ACTIVE && there == Role.STANDBY) {
            return Comparison.Part.LEAD;
        }
        if (here == Role.STANDBY && there == Role.ACTIVE) {
            return Comparison.Part.FOLLOW;
        }
        if (here == Role.LOAD_BALANCING && there == Role.LOAD_BALANCING) {
            return first ? Comparison.Part.LEAD_SHARED : Comparison.Part.FOLLOW;
        }
        return Comparison.Part.NONE;
    }

    /** Compares every table at once, on whichever firewall leads; gives the number of this check. */
    long check(Session running) {
        checks++;
        tables.all().forEach(table -> table.replica().comparison().check(checks));
        if (running != null) {
            ByteBuffer frame = ByteBuffer.allocate(16);
            frame.put((byte) FrameType.DIGEST_CHECK);
            Wire.putNumber(frame, checks);
            byte[] bytes = new byte[frame.position()];
            frame.flip().get(bytes);
            running.command(bytes);
        }
        return checks;
    }

    /** A frame has come; {@code theirs} gives the table that the peer offered under a number, or null. */
    void received(int type, ByteBuffer frame, IntFunction<TableReplica> theirs) throws ProtocolException {
        switch (type) {
            case FrameType.DIGEST_CHECK -> {
                long number = Wire.number(frame);
                tables.all().forEach(table -> table.replica().comparison().checkOfPeer(number));
            }
            case FrameType.DIGEST_BEGIN, FrameType.DIGEST_ASK, FrameType.DIGEST_REPAIR, FrameType.DIGEST_RESULT ->
                pass(type, frame, theirs.apply(Wire.number(frame, Limits.TABLES - 1, "a table's number")));
            case FrameType.DIGEST_ROOT, FrameType.DIGEST_ENTRIES, FrameType.DIGEST_BUCKETS ->
                pass(type, frame, tables.get(Wire.number(frame, Limits.TABLES - 1, "a table's number")));
            default -> {
                // Of a later version, which does not rely on it.
            }
        }
    }

    private static void pass(int type, ByteBuffer frame, TableReplica table) throws ProtocolException {
        if (table != null) {
            table.comparison().received(type, frame);
        }
    }

    /** Writes the next frame; false when there is none. */
    boolean next(ByteBuffer into) {
        for (NumberedTable table : tables.all()) {
            if (table.replica().comparison().next(into, table.number(), table.peerNumber())) {
                return true;
            }
        }
        return false;
    }
}
