/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.List;

import twinwall.link.ProtocolException;

/**
 * What goes over the running link for one table: a {@link Session} asks for the frames to write, and gives those that have come. Has the
 * lock of its {@link TableReplica}.
 */
final class TableTraffic {

    private final TableReplica replica;
    private final TableEvents events;
    private final Reconciler entries;
    private final Outgoing out;
    private final Incoming in;
    private final TableFrames frames;
    private final Comparison comparison;
    private final Needs needs;
    private DataLink dataLink;
    private Object sourceLink;
    private boolean confidential;

    TableTraffic(TableReplica replica, TableEvents events, Reconciler entries, Outgoing out, Incoming in, TableFrames frames,
            Comparison comparison, Needs needs) {
        this.replica = replica;
        this.events = events;
        this.entries = entries;
        this.out = out;
        this.in = in;
        this.frames = frames;
        this.comparison = comparison;
        this.needs = needs;
    }

    /** Whether the last connection has TLS. */
    boolean confidential() {
        return confidential;
    }

    /** Whether there is a connection that carries the table. */
    boolean linked() {
        return dataLink != null;
    }

    /** @param link stands for the connection that carries the data from now on; what still comes from another one does not count */
    void connected(DataLink link, boolean hasTls) {
        synchronized (replica) {
            dataLink = link;
            confidential = hasTls;
            // What still comes over the link before does not count: the peer sends it again.
            sourceLink = null;
            frames.connectionChanged();
            comparison.abandon();
            boolean may = confidential || !replica.spec().sensitive();
            out.disconnected(may ? "not yet accepted by the peer" : TableState.NO_TLS);
            if (replica.handlerHere() && may) {
                frames.offerDue();
            }
        }
    }

    void disconnected(String why) {
        synchronized (replica) {
            dataLink = null;
            sourceLink = null;
            frames.connectionChanged();
            comparison.abandon();
            out.backlog.unanswered(Answered.NO_PEER);
            out.disconnected(why);
        }
    }

    /** Whether this link may have frames of the table: its thread may ask late, and would take what is meant for the next choice. */
    private boolean gives(DataLink link) {
        return link == dataLink && link.announced();
    }

    /** Writes what is due of offer, withdrawal, accept and confirm. */
    boolean nextControl(DataLink link, ByteBuffer into, int number, int peerNumber) {
        synchronized (replica) {
            return gives(link) && frames.nextControl(into, number, peerNumber, replica.spec(), entries.logStart());
        }
    }

    Lane lane(long millis, long interval) {
        synchronized (replica) {
            long now = replica.later(millis);
            return frames.lane(now, interval, replica.atOnce() || out.backlog.asked());
        }
    }

    /** See {@link Outgoing#owes}. */
    long owes(boolean toWhole) {
        synchronized (replica) {
            return replica.handlerHere() && linked() ? out.owes(toWhole, frames.unanswered()) : Needs.NOTHING;
        }
    }

    /** Up to where its changes may be sent just now, in view of the tables that it needs. */
    Needs.Limit changesLimit() {
        long head;
        boolean whole;
        synchronized (replica) {
            head = out.backlog.nextNumber();
            whole = out.delivered();
        }
        return needs.sendable(head, whole, replica.now());
    }

    /** As {@link #changesLimit}, of the snapshot; null when none is under way. */
    Needs.Limit snapshotLimit() {
        long head;
        boolean whole;
        synchronized (replica) {
            if (!out.accepted() || out.snapshot() == null) {
                return null;
            }
            head = out.snapshot().nextNumber();
            whole = out.delivered();
        }
        return needs.sendable(head, whole, replica.now());
    }

    /** Whether changes wait and can be sent, be they due or not. */
    boolean changesWait() {
        synchronized (replica) {
            return out.changesWait();
        }
    }

    boolean nextChanges(DataLink link, ByteBuffer into, int number, int peerNumber, long limit) {
        synchronized (replica) {
            boolean written = gives(link) && frames.nextChanges(into, number, peerNumber, limit, replica.now(), replica.quickOnly());
            if (written && out.backlog.unsent() == 0) {
                needs.allSent();
            }
            return written;
        }
    }

    boolean nextSnapshot(DataLink link, ByteBuffer into, int number, long limit) {
        synchronized (replica) {
            if (!gives(link)) {
                return false;
            }
            if (out.accepted() && out.snapshot() != null && !out.snapshot().begun()) {
                out.begun();
                frames.snapshotBegin(into, number, entries.beginSnapshot(replica.now()));
                return true;
            }
            boolean written = frames.nextSnapshot(into, number, limit, entries::overtaken);
            if (written) {
                events.snapshotRoom();
            }
            return written;
        }
    }

    Watermark watermark(int number, boolean regular) {
        synchronized (replica) {
            if (!out.delivered()) {
                return new Watermark(number, out.backlog.sent(), entries.entries(), Math.max(1, out.reserve(regular)), entries.entries());
            }
            return new Watermark(number, out.backlog.sent(), out.backlog.unsent(), out.reserve(regular), entries.entries());
        }
    }

    boolean watermarkDue() {
        synchronized (replica) {
            return frames.offered() && out.watermarkDue();
        }
    }

    /** How the table stands on the peer. With the lock. */
    PeerTable peer() {
        boolean toldHere = dataLink != null && sourceLink != null;
        if (toldHere && in.state() != Incoming.State.NOT_OFFERED) {
            return in.peer(in.keptByPeer() ? PeerTable.Standing.KEPT : frames.answered(Accept.Status.FAILED)
                    ? PeerTable.Standing.FAILED : PeerTable.Standing.WORKING);
        }
        boolean none = toldHere || frames.answered(Accept.Status.NO_HANDLER);
        return none ? PeerTable.NONE : in.peer(PeerTable.Standing.UNKNOWN);
    }

    void watermark(Watermark newest) {
        synchronized (replica) {
            in.watermark(newest);
        }
    }

    void offered(Object link, Offer offer) {
        synchronized (replica) {
            sourceLink = link;
            entries.advance(offer.firstClock());
            in.offered(offer, replica.handlerHere());
            if (in.state() == Incoming.State.OPENING) {
                events.workArrived();
            } else {
                frames.acceptDue();
            }
            events.wake();
        }
    }

    void withdrawn(Object link) {
        synchronized (replica) {
            if (link == sourceLink) {
                in.withdrawn();
            }
        }
    }

    void accepted(Object link, Accept accept) {
        synchronized (replica) {
            if (link == dataLink) {
                frames.accepted(accept);
            }
        }
    }

    void confirmed(Object link, long appliedSeq, long snapshotId, long position) {
        synchronized (replica) {
            if (link != dataLink) {
                // Numbers may have begun anew since then.
                return;
            }
            if (out.confirm(appliedSeq, snapshotId, position)) {
                entries.told();
            }
            if (out.snapshot() == null) {
                entries.forgetRemoved();
            }
        }
    }

    void changes(Object link, long firstSeq, List<Entry> sent, int bytes) throws ProtocolException {
        synchronized (replica) {
            if (takes(link) && in.receive(firstSeq, sent.size())) {
                entries.advance(sent);
                in.enqueue(new Work.Changes(in.received(), sent, bytes + sent.size() * 100), needs.order().next());
                events.workArrived();
            }
        }
    }

    void snapshotBegins(Object link, SnapshotBegin begin) throws ProtocolException {
        synchronized (replica) {
            if (!takes(link)) {
                return;
            }
            confirmed(link, begin.appliedSeq(), begin.appliedSnapshotId(), begin.appliedPosition());
            if (begin.round() == in.round()) {
                entries.advance(begin.clock());
                in.begin(begin, out.inRound(begin.sendersRound()));
                entries.protect();
            }
        }
    }

    void snapshotEntries(Object link, long id, long firstPosition, List<Entry> sent, int bytes)
            throws ProtocolException {
        synchronized (replica) {
            if (takes(link) && in.receiveSnapshot(id, firstPosition, sent.size())) {
                entries.advance(sent);
                in.enqueue(new Work.Snapshot(in.snapshotReceived(), sent, bytes + sent.size() * 100), needs.order().next());
                events.workArrived();
            }
        }
    }

    void snapshotEnds(Object link, long id, long position) throws ProtocolException {
        synchronized (replica) {
            if (takes(link) && in.receiveSnapshot(id, position, 1)) {
                in.enqueue(new Work.End(position), needs.order().next());
                events.workArrived();
            }
        }
    }

    /** The next piece of work, unless the tables that this one needs have some that came before; null when there is none. */
    Work take() {
        while (true) {
            long next;
            boolean whole;
            synchronized (replica) {
                next = in.nextArrival();
                whole = in.complete();
            }
            if (next != Needs.NOTHING && next != Incoming.OF_OPEN && !needs.takeable(next, whole, replica.now())) {
                return null;
            }
            synchronized (replica) {
                if (in.nextArrival() == next) {
                    Work work = in.take();
                    if (in.queued() == 0) {
                        needs.allTaken();
                    }
                    return work;
                }
            }
        }
    }

    /** Late frames of a link that no longer carries the data would be sent again on the new one under other numbers. */
    private boolean takes(Object link) {
        return link == sourceLink && in.state() == Incoming.State.OPEN;
    }
}
