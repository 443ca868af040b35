/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.Arrays;

/**
 * Tells of one table which of the changes that quick backup sends at once would not have been sent without it. Either their entry is not
 * due then, which the handler says; or they would have been gathered, and replaced by a later change of their entry before they were sent.
 * <p>
 * The second is found by doing as gathering does: a change that comes when nothing was sent for an interval would have gone at once, others
 * wait for the end of the interval, or until {@link TableFrames#FULL_BATCH} entries wait. A change of an entry that waits already would not
 * have been sent. What is at the head of a frame is shared out as one frame for each time that gathering would have sent.
 * <p>
 * Guarded by its {@link TableReplica}.
 */
final class QuickPrice {

    private static final int SLOTS = 2 * TableFrames.FULL_BATCH;

    /** Hashes of the entries that would wait; null until the first does. */
    private long[] waiting;
    private int held;
    private long flushed = Long.MIN_VALUE / 2;
    private long flushes;
    private long frames;
    private long headBytes;
    private long changes;
    private long bytes;

    /** A frame of changes begins with so many bytes that are no entry's. */
    void frame(int head) {
        frames++;
        headBytes += head;
    }

    /** A change was written; {@code notDue}: it is of an entry that is due with quick backup only. */
    void sent(long hash, boolean notDue, int size, long now, long gatherMillis) {
        if (notDue || !first(hash, now, gatherMillis)) {
            changes++;
            bytes += size;
        }
    }

    /** Whether gathering would send this change, rather than have it replace one that waits. */
    private boolean first(long hash, long now, long gatherMillis) {
        if (held > 0 && now - flushed >= gatherMillis) {
            flush(flushed + gatherMillis);
        }
        if (now - flushed >= gatherMillis) {
            flush(now);
            return true;
        }
        if (!waits(hash)) {
            return false;
        }
        if (++held == TableFrames.FULL_BATCH) {
            flush(now);
        }
        return true;
    }

    private void flush(long at) {
        flushed = at;
        flushes++;
        if (held > 0) {
            Arrays.fill(waiting, 0);
            held = 0;
        }
    }

    /** Notes that it waits; false when it did before. */
    private boolean waits(long hash) {
        if (waiting == null) {
            waiting = new long[SLOTS];
        }
        long mark = hash == 0 ? 1 : hash;
        int slot = (int) mark & SLOTS - 1;
        while (waiting[slot] != 0) {
            if (waiting[slot] == mark) {
                return false;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        waiting[slot] = mark;
        return true;
    }

    /** Changes that only quick backup sent. */
    long changes() {
        return changes;
    }

    /** Bytes that only quick backup sent, before encryption. */
    long bytes() {
        return frames <= flushes ? bytes : bytes + headBytes - headBytes * flushes / frames;
    }
}
