/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Predicate;

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

    /** The {@link #nextArrival} of an opening, which waits for no other table. */
    static final long OF_OPEN = 0;

    private final Deque<Queued> queue = new ArrayDeque<>();
    private long queuedBytes;
    private State state = State.NOT_OFFERED;
    private String failure = "";
    private Offer offer;
    private long received;
    private long applied;
    private boolean fromScratch;
    private boolean complete;
    private long snapshotId;
    private long snapshotClock;
    private long snapshotReceived;
    private long snapshotApplied;
    private boolean snapshotOpen;
    private Gap gap;
    private boolean peerInRound;
    private int begunInRound;
    private int mark;
    private long generation;
    private Queued taken;
    private boolean working;
    private Watermark watermark;
    /** There is no handler here: what comes is kept. */
    private boolean keeping;

    /**
     * Work with what was true when it came.
     *
     * @param generation of this side's beginnings
     * @param mark of the snapshot that was open, 0 when none was
     * @param arrival its place in the {@link TableOrder}
     */
    private record Queued(Work work, long generation, int mark, long arrival) {
    }

    /** The peer offers its table. Goes on where it was when both sides still know each other. */
    void offered(Offer made, boolean handler) {
        boolean sameLog = offer != null && offer.log() == made.log();
        boolean known = state == State.OPEN && sameLog && offer.open().schema() == made.open().schema()
                && Arrays.equals(offer.open().layout(), made.open().layout());
        offer = made;
        if (!known) {
            // When the process that had sent them is gone, what came of it is all that is left of it.
            boolean keep = state == State.OPEN && !sameLog;
            open(handler, keep);
        }
    }

    /** Begins from nothing: opens the handler, then asks for a snapshot. */
    void open(boolean handler) {
        open(handler, false);
    }

    private void open(boolean here, boolean keepChanges) {
        // What is kept there for this firewall is not kept here for the peer.
        boolean handler = here && !(keeping && offer.kept());
        reset(keepChanges && handler);
        if (handler) {
            state = State.OPENING;
            add(offer.open(), OF_OPEN);
        } else {
            state = State.NO_HANDLER;
        }
    }

    /** Whether what comes is kept in place of a handler. */
    void keeping(boolean now) {
        keeping = now;
    }

    /** How the peer's entries are laid out that may be kept here; null when it has none, or only keeps them itself. */
    Work.Open keepable() {
        return state == State.NOT_OFFERED || offer.kept() ? null : offer.open();
    }

    /** What the peer said last of the handler that offers the table. */
    PeerTable peer(PeerTable.Standing standing) {
        boolean told = offer != null && !offer.kept() && state != State.NOT_OFFERED;
        return new PeerTable(standing, told ? offer.open().schema() : -1, told ? offer.origin() : HandlerOrigin.UNKNOWN);
    }

    /** The peer has no handler for the table and keeps what this firewall has. */
    boolean keptByPeer() {
        return state != State.NOT_OFFERED && offer.kept();
    }

    void withdrawn() {
        reset(true);
        state = State.NOT_OFFERED;
    }

    void failed(String reason) {
        reset(false);
        state = State.FAILED;
        failure = reason;
    }

    private void reset(boolean keepChanges) {
        generation++;
        working = false;
        removeWork(work -> !keepChanges || work instanceof Work.End || work instanceof Work.Open);
        received = 0;
        applied = 0;
        complete = false;
        snapshotOpen = false;
        snapshotId = 0;
        begunInRound = 0;
        fromScratch = true;
        failure = "";
    }

    void enqueue(Work work, long arrival) throws ProtocolException {
        if (queuedBytes + work.bytes() > Limits.QUEUED_BYTES) {
            throw new ProtocolException("window-exceeded", "more is sent than the windows allow");
        }
        add(work, arrival);
    }

    private void add(Work work, long arrival) {
        queue.add(new Queued(work, generation, snapshotOpen ? mark : 0, arrival));
        queuedBytes += work.bytes();
    }

    private void removeWork(Predicate<Work> which) {
        queue.removeIf(queued -> which.test(queued.work));
        queuedBytes = queue.stream().mapToLong(queued -> queued.work.bytes()).sum();
    }

    /** Live changes have come; false when they were here before. */
    boolean receive(long firstSeq, int count) throws ProtocolException {
        checkRange(firstSeq, count);
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

    private static void checkRange(long first, int count) throws ProtocolException {
        if (count == 0 || first <= 0 || first > Long.MAX_VALUE - count) {
            throw new ProtocolException("bad-number", count + " entries from number " + first);
        }
    }

    /** {@code inRound}: see {@link #peerInRound}. */
    void begin(SnapshotBegin begin, boolean inRound) throws ProtocolException {
        if (begin.gap() != null && !complete) {
            throw new ProtocolException("no-base", "a snapshot of what is missing in a table that was never whole here");
        }
        // Entries of a snapshot that was given up would be taken for entries of this one.
        removeWork(work -> work instanceof Work.Snapshot || work instanceof Work.End);
        snapshotId = begin.id();
        snapshotClock = begin.clock();
        gap = begin.gap();
        snapshotReceived = 0;
        snapshotApplied = 0;
        snapshotOpen = true;
        peerInRound = inRound;
        begunInRound++;
        mark = mark % Cell.MARKS + 1;
    }

    boolean receiveSnapshot(long id, long firstPosition, int count) throws ProtocolException {
        checkRange(firstPosition, count);
        if (fromScratch && !snapshotOpen) {
            return false;
        }
        if (id == snapshotId && firstPosition + count - 1 <= snapshotReceived) {
            return false;
        }
        if (!snapshotOpen || id != snapshotId || firstPosition > snapshotReceived + 1) {
            throw new ProtocolException("gap",
                    "snapshot " + id + " from " + firstPosition + " after " + snapshotId + ":" + snapshotReceived);
        }
        snapshotReceived = firstPosition + count - 1;
        return true;
    }

    Work take() {
        taken = queue.poll();
        if (taken == null) {
            return null;
        }
        queuedBytes -= taken.work.bytes();
        working = true;
        return taken.work;
    }

    /** When that came which {@link #take} would give; {@link Needs#NOTHING} when there is none. */
    long nextArrival() {
        return queue.isEmpty() ? Needs.NOTHING : queue.peek().arrival;
    }

    /** When the first came of what is not done; {@link Needs#NOTHING} when all is. */
    long unfinished() {
        return working ? taken.arrival : nextArrival();
    }

    /** Mark for entries of the work that was taken. */
    int takenMark() {
        return taken == null || stale() ? 0 : taken.mark;
    }

    /** What was taken came before this side began anew: the peer that sent it may not have it any more. */
    boolean stale() {
        return taken == null || taken.generation != generation;
    }

    /** Done with what was taken; false when that does not count any more. */
    boolean done(Work work) {
        working &= taken == null || work != taken.work;
        if (taken == null || work != taken.work || stale()) {
            return false;
        }
        if ((work instanceof Work.Snapshot || work instanceof Work.End) && taken.mark != mark) {
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

    long queuedBytes() {
        return queuedBytes;
    }

    int queued() {
        return queue.size();
    }

    void watermark(Watermark newest) {
        watermark = newest;
    }

    /** What the peer had and this firewall never got, judged by the peer's last watermark. */
    Shortfall shortfall() {
        Watermark last = watermark;
        if (last == null) {
            return new Shortfall(0, state == Incoming.State.NOT_OFFERED);
        }
        if (!complete) {
            return new Shortfall(Math.max(0, last.entries() - snapshotReceived), false);
        }
        long said = last.sent() + last.unsent();
        boolean exact = last.reserve() == 0 && received <= said;
        return new Shortfall(Math.max(0, said + last.reserve() - received), exact);
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

    /** How the peer lays out its entries. */
    Work.Open layout() {
        return offer.open();
    }

    long offerNumber() {
        return offer.number();
    }

    long log() {
        return offer.log();
    }

    long firstClock() {
        return offer.firstClock();
    }

    long received() {
        return received;
    }

    long applied() {
        return applied;
    }

    /** Whether no snapshot is under way or must come first; one that cannot be taken is none. */
    boolean takenWhole() {
        return state != State.OPENING && (state != State.OPEN || complete && !snapshotOpen);
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

    /** What the last snapshot is confined to; null: it is of the whole table. */
    Gap gap() {
        return gap;
    }

    /** Whether the last snapshot may show that something was removed. */
    boolean extrasPossible() {
        return gap == null || !gap.isEmpty();
    }

    /** Whether the last snapshot would hold this entry if the peer had it. */
    boolean mayBeExtra(byte[] key) {
        return gap == null || gap.covers(key);
    }

    /** Snapshots begun since this side began from nothing. */
    int begunInRound() {
        return begunInRound;
    }

    /** The peer, when it began its snapshot, had what this side knows that it was told. */
    boolean peerInRound() {
        return peerInRound;
    }

    int mark() {
        return mark;
    }
}
