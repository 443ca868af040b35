/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import twinwall.link.ProtocolException;

/** The receiving side of one table: how far it follows the peer's. Guarded by its {@link TableReplica}. */
final class Incoming {

    /** Whether entries can be taken. */
    enum State {
        /** The peer offers no such table. */
        NOT_OFFERED,
        /** Offered, but no handler is here. */
        NO_HANDLER,
        /** The handler is being opened. */
        OPENING,
        /** Entries are taken. */
        OPEN,
        /** The handler failed or cannot read the peer's layout. */
        FAILED
    }

    private final Deque<Work> queue = new ArrayDeque<>();
    private long queuedBytes;
    private State state = State.NOT_OFFERED;
    private String failure = "";
    private Work.Open offer;
    private long log;
    private long firstClock;
    private long received;
    private long applied;
    private boolean fromScratch;
    private boolean complete;
    private long snapshotId;
    private long snapshotClock;
    private long snapshotReceived;
    private long snapshotApplied;
    private boolean snapshotOpen;
    private boolean peerHadAll;
    private int mark;
    private long generation;
    private long takenGeneration;
    private Work taken;
    private Watermark watermark;

    /** The peer offers its table. Goes on where it was when both sides still know each other. */
    void offered(Work.Open newOffer, long newLog, long newFirstClock, boolean handler) {
        boolean known = state == State.OPEN && log == newLog && offer.schema() == newOffer.schema()
                && Arrays.equals(offer.layout(), newOffer.layout());
        offer = newOffer;
        if (!known) {
            log = newLog;
            firstClock = newFirstClock;
            open(handler);
        }
    }

    /** Begins from nothing: opens the handler, then asks for a snapshot. */
    void open(boolean handler) {
        reset();
        if (handler) {
            state = State.OPENING;
            queue.add(offer);
        } else {
            state = State.NO_HANDLER;
        }
    }

    void withdrawn() {
        reset();
        state = State.NOT_OFFERED;
    }

    void failed(String reason) {
        reset();
        state = State.FAILED;
        failure = reason;
    }

    private void reset() {
        generation++;
        queue.clear();
        queuedBytes = 0;
        received = 0;
        applied = 0;
        complete = false;
        snapshotOpen = false;
        snapshotId = 0;
        fromScratch = true;
        failure = "";
    }

    void enqueue(Work work) throws ProtocolException {
        if (queuedBytes + work.bytes() > Limits.QUEUED_BYTES) {
            throw new ProtocolException("window-exceeded", "more is sent than the windows allow");
        }
        queue.add(work);
        queuedBytes += work.bytes();
    }

    /** Live changes have come; false when they were here before. */
    boolean receive(long firstSeq, int count) throws ProtocolException {
        if (fromScratch && !snapshotOpen) {
            // Sent before the peer knew that this side begins from nothing.
            return false;
        }
        if (firstSeq > received + 1) {
            throw new ProtocolException("gap", "changes from " + firstSeq + " after " + received);
        }
        if (firstSeq + count - 1 <= received) {
            return false;
        }
        received = firstSeq + count - 1;
        return true;
    }

    void begin(long id, long clock, boolean delivered) {
        // Entries of a snapshot that was given up would be taken for entries of this one.
        queue.removeIf(work -> work instanceof Work.Snapshot || work instanceof Work.End);
        queuedBytes = queue.stream().mapToLong(Work::bytes).sum();
        snapshotId = id;
        snapshotClock = clock;
        snapshotReceived = 0;
        snapshotApplied = 0;
        snapshotOpen = true;
        peerHadAll = delivered;
        mark = mark % Cell.MARKS + 1;
    }

    boolean receiveSnapshot(long id, long firstPosition, int count) throws ProtocolException {
        if (fromScratch && !snapshotOpen) {
            return false;
        }
        if (!snapshotOpen || id != snapshotId || firstPosition > snapshotReceived + 1) {
            throw new ProtocolException("gap",
                    "snapshot " + id + " from " + firstPosition + " after " + snapshotId + ":" + snapshotReceived);
        }
        if (firstPosition + count - 1 <= snapshotReceived) {
            return false;
        }
        snapshotReceived = firstPosition + count - 1;
        return true;
    }

    Work take() {
        Work work = queue.poll();
        if (work != null) {
            queuedBytes -= work.bytes();
            takenGeneration = generation;
        }
        taken = work;
        return work;
    }

    /** Done with what was taken; false when that does not count any more. */
    boolean done(Work work) {
        if (work != taken || takenGeneration != generation) {
            return false;
        }
        if (work instanceof Work.Open) {
            state = State.OPEN;
        } else if (work instanceof Work.Changes changes) {
            applied = changes.lastSeq();
        } else if (work instanceof Work.Snapshot snapshot) {
            snapshotApplied = snapshot.lastPosition();
        } else if (work instanceof Work.End end) {
            snapshotApplied = end.position();
            snapshotOpen = false;
            complete = true;
            fromScratch = false;
        }
        return true;
    }

    void watermark(Watermark newest) {
        watermark = newest;
    }

    Watermark watermark() {
        return watermark;
    }

    /** Counts how often this side has begun from nothing. */
    long round() {
        return generation;
    }

    State state() {
        return state;
    }

    String failure() {
        return failure;
    }

    long log() {
        return log;
    }

    long firstClock() {
        return firstClock;
    }

    long received() {
        return received;
    }

    long applied() {
        return applied;
    }

    /** The table here may have changed unseen: what the index says is not believed until the snapshot ends. */
    boolean fromScratch() {
        return fromScratch;
    }

    boolean complete() {
        return complete;
    }

    long snapshotId() {
        return snapshotId;
    }

    long snapshotClock() {
        return snapshotClock;
    }

    long snapshotReceived() {
        return snapshotReceived;
    }

    long snapshotApplied() {
        return snapshotApplied;
    }

    boolean snapshotOpen() {
        return snapshotOpen;
    }

    boolean peerHadAll() {
        return peerHadAll;
    }

    int mark() {
        return mark;
    }
}
