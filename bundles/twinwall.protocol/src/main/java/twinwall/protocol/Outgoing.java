/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.function.Predicate;

/** The sending side of one table: what the peer does not have yet. Guarded by its {@link TableReplica}. */
final class Outgoing {

    private static final long LEAST_RESERVE = 64;

    private final DigestKey gapKey;

    final Backlog backlog;
    private final TableEvents events;
    private Knowledge knowledge;
    private SnapshotOut snapshot;
    private long snapshots;
    /** What the peer missed since the begin of the last snapshot; null when only the whole table will do. */
    private Gap gap;
    private boolean peerTakesGaps;
    private boolean again;
    private long round;
    private boolean following;
    private boolean delivered;
    private boolean accepted;
    private boolean roundKnown;
    private String failure = "";
    private String refusal = "not yet offered to the peer";
    private long produced;
    private long producedBefore;
    private long announced;
    private boolean watermarkDue;
    private long overflows;

    /** {@code gapKey} is told to the peer, and kept from everybody else. */
    Outgoing(long backlogBytes, DigestKey gapKey, TableEvents events) {
        this.gapKey = gapKey;
        this.backlog = new Backlog(backlogBytes, events);
        this.events = events;
    }

    /** Keeps what the peer is known to have. */
    interface Knowledge {

        /** A change that was noted is not sent after all. */
        void untold(Pending pending);

        /** The peer has applied this entry of a snapshot. */
        void told(Entry entry);

        /** Whatever the peer had, it has it no more. */
        void allUntold();
    }

    void knowledge(Knowledge keeper) {
        knowledge = keeper;
    }

    /**
     * Notes a change for the peer. One that follows nothing yet gets it with the snapshot.
     *
     * @return whether the peer will be told of this very change
     */
    boolean note(Pending probe, byte[] value, byte[] soft, long stamp, long now) {
        produced++;
        if (produced > announced) {
            watermarkDue = true;
        }
        if (!following) {
            Pending onItsWay = backlog.find(probe);
            if (onItsWay != null) {
                backlog.drop(onItsWay);
            }
            missed(probe.key, value);
        } else if (!backlog.put(probe, value, soft, stamp, now)) {
            overflows++;
            following = false;
            delivered = false;
            forgetUnsent();
            if (snapshot == null) {
                startSnapshot();
            } else {
                // The one under way goes on, so that a table that changes faster than the link is still renewed, entry by entry.
                again = true;
            }
        }
        return following;
    }

    private void forgetUnsent() {
        backlog.forgetUnsent(pending -> {
            missed(pending.key, pending.value);
            knowledge.untold(pending);
        });
    }

    /** The peer is not told. What is there is known by that; what is gone must be known by its place. */
    private void missed(byte[] key, byte[] value) {
        if (value == null && gap != null) {
            gap.removed(key);
        }
    }

    /** The peer will get an earlier state of the entry that is on its way, and not the one that comes now. */
    boolean onItsWayAlone(Pending probe) {
        return !following && backlog.find(probe) != null;
    }

    /**
     * Somebody wants to know when the peer has the state of an entry that was just noted.
     *
     * @return null when {@link TableEvents#answered} will tell; else the answer
     */
    Answered ask(Pending probe, Object who) {
        return accepted && following && backlog.ask(probe, who) ? null : Answered.NOT_FOLLOWED;
    }

    private void forgetBacklog() {
        backlog.all().forEach(knowledge::untold);
        backlog.clear();
    }

    void refused(String reason) {
        accepted = false;
        roundKnown = false;
        refusal = reason;
        unfollow();
    }

    /** The connection is gone or new: nothing is sent before the peer has accepted again. */
    void disconnected(String reason) {
        offeredAgain(reason);
        roundKnown = false;
    }

    /** As {@link #disconnected}, on the same connection: the peer still has what it had. */
    void offeredAgain(String reason) {
        accepted = false;
        refusal = reason;
    }

    /** The peer goes on from where it is. */
    void resume(Accept accept) {
        accepted = true;
        roundKnown = true;
        round = accept.round();
        peerTakesGaps = accept.takesGaps();
        backlog.rewind(accept.received());
        if (!following) {
            forgetUnsent();
        }
        if (snapshot != null) {
            if (snapshot.begun() && snapshot.id == accept.snapshotId()) {
                snapshot.rewind(accept.snapshotReceived());
            } else {
                startSnapshot();
            }
        } else if (!following) {
            startSnapshot();
        }
        events.wake();
    }

    /** The peer has nothing. */
    void startOver(Accept accept) {
        accepted = true;
        roundKnown = true;
        round = accept.round();
        peerTakesGaps = accept.takesGaps();
        unfollow();
        backlog.restart();
        startSnapshot();
        events.wake();
    }

    /** Sends the whole table again although the peer follows it. */
    void sendAgain() {
        gap = null;
        if (snapshot == null) {
            startSnapshot();
            events.wake();
        } else {
            again = true;
        }
    }

    /** As {@link #sendAgain}, of whoever reads the table now: one that is under way is not read on. */
    void snapshotAnew() {
        startSnapshot();
        gap = null;
        events.wake();
    }

    /** What was noted so far is void: the handler is gone or the peer has nothing. */
    void unfollow() {
        following = false;
        delivered = false;
        forgetBacklog();
        snapshot = null;
        gap = null;
        again = false;
        knowledge.allUntold();
        events.snapshotRoom();
    }

    /** The handler has written every entry of the snapshot with this id; false when that one is no more under way. */
    boolean snapshotRead(long id) {
        boolean underWay = underWay(id);
        if (underWay) {
            snapshot.read(backlog.horizon());
        }
        return underWay;
    }

    void snapshotFailed(long id, String reason) {
        if (underWay(id)) {
            snapshot = null;
            gap = null;
            again = false;
            delivered = false;
            failure = reason;
        }
    }

    private boolean underWay(long id) {
        return snapshot != null && snapshot.id == id;
    }

    private void startSnapshot() {
        failure = "";
        if (snapshot != null && snapshot.begun()) {
            // What that one was to tell is still to be told.
            gap = Gap.both(gap, snapshot.gap());
        }
        snapshot = new SnapshotOut(++snapshots);
        again = false;
        events.snapshotRoom();
    }

    /** The begin of the snapshot is on its way: from here on every change is noted. */
    void begun() {
        snapshot.begin(peerTakesGaps ? gap : null);
        gap = new Gap(gapKey);
        following = true;
        events.snapshotWanted(snapshot.id);
    }

    /** @return whether the peer now has the whole table and every change since */
    boolean confirm(long appliedSeq, long snapshotId, long position) {
        boolean told = false;
        backlog.confirm(appliedSeq);
        if (snapshot != null && snapshot.id == snapshotId) {
            boolean whole = snapshot.confirm(position, knowledge::told);
            if (whole) {
                snapshot = null;
                delivered = following;
                told = following;
                if (again) {
                    startSnapshot();
                }
            }
            events.snapshotRoom();
        }
        if (accepted) {
            events.wake();
        }
        return told;
    }

    void skip(Predicate<Entry> overtaken) {
        if (snapshot.skip(overtaken)) {
            snapshot.leftOut(backlog.horizon());
            events.snapshotRoom();
        }
    }

    /** The end of a snapshot waits for changes that must go before it. */
    boolean endAwaitsChanges() {
        return snapshot != null && snapshot.awaitsChanges(backlog);
    }

    /** A snapshot is being read. */
    boolean reading() {
        return snapshot != null && snapshot.begun();
    }

    /**
     * What is not sent yet of what tables that need this one wait for.
     *
     * @param toWhole asks a table that the peer has whole: it does not wait for one that the peer does not have
     * @param unanswered the peer has not said yet whether it takes the table
     * @return {@link Needs#EVERYTHING}, the number of the first change, or {@link Needs#NOTHING}
     */
    long owes(boolean toWhole, boolean unanswered) {
        if (unanswered && (delivered || !toWhole)) {
            return Needs.EVERYTHING;
        }
        if (!accepted || !following && snapshot == null) {
            return Needs.NOTHING;
        }
        // Changes that were forgotten meanwhile come with another snapshot.
        if (!delivered && !toWhole && snapshot != null && !(snapshot.endSent() && following)) {
            return Needs.EVERYTHING;
        }
        return following ? backlog.unsentFrom() : Needs.NOTHING;
    }

    /** Whether changes wait and can be sent. */
    boolean changesWait() {
        return accepted && backlog.unsent() > 0 && windowOpen();
    }

    boolean windowOpen() {
        return backlog.inFlight() < Limits.WINDOW_CHANGES && backlog.inFlightBytes() < Limits.WINDOW_BYTES;
    }

    /** For the next hello: how many changes may come before the one after. */
    long reserve(boolean regular) {
        long rate = produced - producedBefore;
        if (regular) {
            producedBefore = produced;
        }
        long reserve = regular && rate == 0 ? 0 : Math.max(LEAST_RESERVE, 2 * rate);
        announced = produced + reserve;
        watermarkDue = false;
        return reserve;
    }

    /** The receiver's round that is followed. */
    long round() {
        return round;
    }

    /** Whether the peer on this connection has accepted what is sent in this round of it. */
    boolean inRound(long ofPeer) {
        return roundKnown && round == ofPeer;
    }

    SnapshotOut snapshot() {
        return snapshot;
    }

    boolean accepted() {
        return accepted;
    }

    /** Whether changes are noted for the peer. */
    boolean following() {
        return following;
    }

    boolean delivered() {
        return delivered;
    }

    String refusal() {
        return refusal;
    }

    /** Why the handler could not write the snapshot; empty when it could. */
    String failure() {
        return failure;
    }

    void announce() {
        watermarkDue = true;
    }

    boolean watermarkDue() {
        return watermarkDue;
    }

    long produced() {
        return produced;
    }

    long overflows() {
        return overflows;
    }
}
