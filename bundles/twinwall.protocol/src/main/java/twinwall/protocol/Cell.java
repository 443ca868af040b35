/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * What is known of one entry, packed into a long: its stamp, whether it was removed, whether the peer can know, and the snapshot
 * that last confirmed it.
 * <p>
 * A stamp is a table clock and the firewall that made the change, so that stamps are unique and their order as numbers is total:
 * {@code clock << 1 | origin}, origin 0 for the firewall whose name sorts first.
 */
final class Cell {

    /** No such entry. */
    static final long NONE = 0;

    /** Snapshot marks run from 1 to this, then begin again; 0 is no mark. */
    static final int MARKS = 31;

    /** Clocks below this are given to entries found in a table by a firewall that does not forward: any change is later. */
    static final long FOUND = 1L << 40;

    private static final int STAMP_SHIFT = 7;
    private static final long REMOVED = 1 << 6;
    private static final long UNTOLD = 1 << 5;

    private Cell() {
    }

    static long stamp(long clock, int origin) {
        return clock << 1 | origin;
    }

    static long clock(long stamp) {
        return stamp >>> 1;
    }

    static int origin(long stamp) {
        return (int) (stamp & 1);
    }

    static long of(long stamp, boolean removed, int mark) {
        return stamp << STAMP_SHIFT | (removed ? REMOVED : 0) | mark;
    }

    static long stampOf(long cell) {
        return cell >>> STAMP_SHIFT;
    }

    static boolean removed(long cell) {
        return (cell & REMOVED) != 0;
    }

    /** Neither known to the peer nor on its way as a change: only the next whole snapshot tells it. */
    static boolean untold(long cell) {
        return (cell & UNTOLD) != 0;
    }

    /** The peer knows of it, or will by a change. */
    static boolean told(long cell) {
        return cell != NONE && !untold(cell);
    }

    static long untold(long cell, boolean untold) {
        return untold ? cell | UNTOLD : cell & ~UNTOLD;
    }

    static int mark(long cell) {
        return (int) (cell & MARKS);
    }

    static long marked(long cell, int mark) {
        return cell & ~MARKS | mark;
    }
}
