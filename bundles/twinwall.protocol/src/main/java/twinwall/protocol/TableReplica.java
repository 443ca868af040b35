/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.io.InterruptedIOException;
import java.util.List;

/**
 * One service table's replication, both directions. Any thread may call it; no call waits for the peer or calls a handler.
 */
public final class TableReplica {

    /** Answer to {@link #snapshotPut}. */
    public enum Room {
        /** Taken, or not needed because a newer change is on its way. */
        TAKEN,
        /** No room: wait for {@link TableEvents#snapshotRoom} and try again. */
        FULL,
        /** This snapshot is no longer wanted. */
        VOID
    }

    private final KeyHash hasher;
    private final TableEvents events;
    private final Outgoing out;
    private final Incoming in = new Incoming();
    private final Reconciler entries;
    private final TableFrames frames;
    private final Comparison comparison;
    private final TableTraffic traffic;
    private final Needs needs = new Needs(this);
    private volatile TableSpec spec;
    private boolean handler = true;
    private boolean forwards;
    private KeptDelivery delivery;
    private volatile long now;
    private boolean quick;
    private long onlyQuickReported;

    /**
     * Begins with nothing announced.
     *
     * @param me 0 when this firewall's name sorts before the peer's, else 1
     * @param log unique number of this table's life in this process
     * @param clock where stamps begin: beyond those of an earlier process, seconds since 1970 times 2^20
     * @param backlogBytes bound on changes that are not confirmed; past it the table is sent as a snapshot again
     */
    public TableReplica(TableSpec spec, KeyHash hasher, int me, long log, long clock, long backlogBytes, TableEvents events) {
        this.spec = spec;
        this.hasher = hasher;
        this.events = events;
        this.out = new Outgoing(backlogBytes, new DigestKey(hasher.of(new byte[] {3}), hasher.of(new byte[] {4})), events);
        this.entries = new Reconciler(hasher, me, clock, out, in);
        this.frames = new TableFrames(log, out, in);
        this.comparison = new Comparison(this, new ComparedTable(me, hasher, entries, out, in, () -> spec), events);
        in.keeping(spec.kept());
        this.traffic = new TableTraffic(this, events, entries, out, in, frames, comparison, needs);
        out.backlog.numbers(() -> needs.order().next());
    }

    /** The firewall added or changed an entry. Refuses what is past the limits with an {@link IllegalArgumentException}. */
    public void put(byte[] key, byte[] value, byte[] soft) {
        put(key, value, soft, false, null);
    }

    /**
     * As {@link #put(byte[], byte[], byte[])}; for somebody who wants to know when the peer has applied it, it is sent at once.
     *
     * @param onlyQuick without quick backup the entry would not be due: what it costs is counted as the price of quick backup
     * @param who is handed to {@link TableEvents#answered} once, unless there is an answer at once; null when nobody wants to know
     * @return the answer, or null when it will come
     */
    public Answered put(byte[] key, byte[] value, byte[] soft, boolean onlyQuick, Object who) {
        Limits.check(key, value, soft);
        return changed(key, value, soft, onlyQuick, who);
    }

    /** The firewall removed an entry. */
    public void remove(byte[] key) {
        remove(key, false);
    }

    /** As {@link #remove(byte[])}; {@code onlyQuick}: without quick backup the peer would never have been told of the entry. */
    public void remove(byte[] key, boolean onlyQuick) {
        Limits.check(key, Entry.NOTHING, Entry.NOTHING);
        changed(key, null, Entry.NOTHING, onlyQuick, null);
    }

    private Answered changed(byte[] key, byte[] value, byte[] soft, boolean onlyQuick, Object who) {
        long hash = hasher.of(key);
        synchronized (this) {
            if (!handler || delivery != null) {
                if (delivery != null) {
                    delivery.changed(key, value, soft);
                }
                return Answered.NOT_FOLLOWED;
            }
            onlyQuickReported += onlyQuick ? 1 : 0;
            entries.changed(new Pending(key, hash, onlyQuick), value, soft, now);
            comparison.touch(key);
            Answered answer = who == null ? Answered.NOT_FOLLOWED
                    : !traffic.linked() ? Answered.NO_PEER : out.ask(new Pending(key, hash), who);
            if (answer == null || quick || spec.urgent() || out.watermarkDue()) {
                events.wake();
            }
            return answer;
        }
    }

    /** The next piece of work from the peer, or null. One thread at a time takes work and does it with an {@link Applier}. */
    public Work take() {
        return traffic.take();
    }

    synchronized List<Conflict> conflicts(List<Entry> from) {
        return Conflict.among(from, out.backlog, hasher);
    }

    synchronized List<Operation> decide(List<Entry> from, boolean snapshot, List<Conflict> judged) {
        return comparison.applying(entries.decide(from, snapshot, judged, now));
    }

    /** After the operations were done: what must be done again because the firewall changed the same entry meanwhile. */
    synchronized List<Operation> settle(List<Operation> operations) {
        return comparison.applying(entries.settle(operations));
    }

    synchronized boolean extrasExist() {
        return entries.extrasExist();
    }

    synchronized boolean isExtra(byte[] key) {
        return entries.isExtra(key);
    }

    synchronized List<Operation> removeExtras(List<byte[]> keys) {
        return comparison.applying(entries.removeExtras(keys, now));
    }

    synchronized void done(Work work) {
        if (work instanceof Work.End) {
            entries.forgetExtras();
        }
        boolean counts = in.done(work);
        needs.finished();
        if (!counts) {
            return;
        }
        if (work instanceof Work.Open) {
            frames.acceptDue();
        } else {
            frames.confirmDue();
            if (work instanceof Work.End) {
                entries.forgetRemoved();
            }
        }
        events.wake();
    }

    /** The handler could not take entries: the table is out of sync until {@link #retryRestoring}. */
    public synchronized void restoringFailed(String reason) {
        if (!handler) {
            return;
        }
        entries.abandon(now);
        in.failed(reason);
        frames.acceptDue();
        events.wake();
    }

    /** Begins again after a failure. */
    public synchronized void retryRestoring() {
        if (in.state() == Incoming.State.FAILED) {
            in.open(handler);
            events.workArrived();
        }
    }

    /** Gives an entry to the snapshot with this id. */
    public Room snapshotPut(long id, byte[] key, byte[] value, byte[] soft) {
        Limits.check(key, value, soft);
        long hash = hasher.of(key);
        synchronized (this) {
            SnapshotOut snapshot = out.snapshot();
            if (snapshot == null || snapshot.id != id) {
                return Room.VOID;
            }
            if (snapshot.gap() != null && Cell.told(entries.cell(hash)) && !snapshot.gap().covers(key)) {
                return Room.TAKEN;
            }
            long stamp = entries.snapshotStamp(key, hash, now);
            if (stamp == Cell.NONE) {
                return Room.TAKEN;
            }
            if (!snapshot.room()) {
                return Room.FULL;
            }
            snapshot.add(new Entry(key, value, soft, stamp), needs.order().now());
            if (snapshot.worthSending()) {
                events.wake();
            }
            return Room.TAKEN;
        }
    }

    /** The handler has written every entry of the snapshot with this id. */
    public synchronized void snapshotRead(long id) {
        boolean whole = out.snapshot() != null && out.snapshot().gap() == null;
        if (out.snapshotRead(id)) {
            if (whole) {
                entries.indexed();
            }
            events.wake();
        }
    }

    /** The handler failed while it wrote the snapshot with this id: the peer does not have the table until {@link #sendAgain}. */
    public synchronized void snapshotFailed(long id, String reason) {
        out.snapshotFailed(id, reason);
    }

    /** Sends the whole table again, for example on command or after {@link #snapshotFailed}. */
    public synchronized void sendAgain() {
        if (handler) {
            out.sendAgain();
        }
    }

    /** The handler is gone: nothing is sent or taken until {@link #handlerHere}. */
    public synchronized void handlerGone() {
        handler = false;
        delivery = null;
        out.refused("no handler here");
        frames.withdraw();
        if (in.state() != Incoming.State.NOT_OFFERED) {
            in.open(false);
            frames.acceptDue();
        }
        events.wake();
    }

    /** A handler is here (again): what it did unwatched is made up for by snapshots both ways. */
    public synchronized void handlerHere(TableSpec newSpec) {
        spec = newSpec;
        needs.order().specsChanged();
        handler = true;
        in.keeping(spec.kept());
        entries.forwards(forwards && !spec.kept());
        entries.startOver();
        frames.offerDue();
        if (in.state() != Incoming.State.NOT_OFFERED) {
            in.open(true);
            events.workArrived();
        }
        events.wake();
    }

    /** How the peer's entries are laid out that may be kept while no handler is here; null when there are none. */
    public synchronized Work.Open keepable() {
        return in.keepable();
    }

    /** Whether they came, if at all, over a link with TLS: then they may not leave over one without. */
    public synchronized boolean confidential() {
        return traffic.confidential();
    }

    /** Whether the peer has this whole table on the present connection, and every change of it but those on their way. */
    synchronized boolean hasAll() {
        return handler && out.accepted() && out.delivered() && out.snapshot() == null && out.backlog.size() == 0;
    }

    /** Entries of the peer's table, as it said last; -1 when it never did. */
    public synchronized long peerEntries() {
        return in.watermark() == null ? -1 : in.watermark().entries();
    }

    /** The handler is given what was kept: what the firewall changes until {@link #handlerTakesOver} is noted there. */
    synchronized void delivers(KeptDelivery now) {
        delivery = now;
    }

    /** Nothing is given to a handler any more, and what is kept goes on. */
    public synchronized void deliveryEnds() {
        delivery = null;
        if (out.snapshot() != null) {
            out.snapshotAnew();
        }
    }

    /** It was not given everything. */
    synchronized void deliveryFailed(KeptDelivery failed) {
        if (delivery == failed) {
            delivery = null;
        }
    }

    /** Whether a removal of this entry is remembered, or still to be told. */
    synchronized boolean knownRemoved(byte[] key) {
        Pending untold = out.backlog.find(new Pending(key, hasher.of(key)));
        return Cell.removed(entries.cell(hasher.of(key))) || untold != null && untold.value == null;
    }

    /** A handler has taken all that was kept, and goes on where its keeper was; what it has besides goes to the peer. */
    synchronized void handlerTakesOver(TableSpec newSpec, KeptDelivery done) throws InterruptedIOException {
        if (delivery != done) {
            throw new InterruptedIOException("The handler is gone.");
        }
        List<Entry> own = delivery.own();
        delivery = null;
        spec = newSpec;
        needs.order().specsChanged();
        in.keeping(false);
        entries.forwards(forwards);
        if (in.state() == Incoming.State.FAILED) {
            // What was kept did not follow any more: what is known of it proves nothing.
            out.refused("not yet accepted by the peer");
            entries.startOver();
        } else {
            entries.takesOver();
        }
        comparison.stop();
        out.offeredAgain("not yet accepted by the peer");
        frames.offerDue();
        out.snapshotAnew();
        for (Entry entry : own) {
            entries.changed(new Pending(entry.key(), hasher.of(entry.key())), entry.value(), entry.soft(), now);
        }
        if (in.keepable() != null && in.state() == Incoming.State.FAILED) {
            in.open(true);
        }
        events.workArrived();
        events.wake();
    }

    /** Time for lag and for gathering; given before changes by whoever has a clock. */
    public synchronized void time(long millis) {
        now = millis;
        workMayGoOn();
    }

    /** Quick backup: changes are sent at once. */
    public synchronized void quick(boolean on) {
        quick = on;
    }

    /** Whether the peer has the whole table and none is being sent again; true when no handler is here. */
    synchronized boolean deliveredOrNotHere() {
        return !handler || out.accepted() && out.delivered() && out.snapshot() == null;
    }

    /** Whether nothing of the peer's table is on its way whole: what was removed here unheard does not come back with it. */
    synchronized boolean takenWhole() {
        return !handler || in.takenWhole();
    }

    /** From now on {@link #awaited} counts the changes made until now that the peer has not confirmed; gives their number. */
    synchronized int mark() {
        return out.backlog.mark();
    }

    /** Of the changes made before the last {@link #mark}, so many are not confirmed. */
    synchronized int awaited() {
        return out.backlog.awaited();
    }

    /** How often it went on without a table that it needs, because that did not come on: when sending, and when applying. */
    public long wentOnWithoutNeeded() {
        return needs.givenUp();
    }

    /** The tables that it needs. */
    Needs needs() {
        return needs;
    }

    /** As {@link TableTraffic#owes}, of what has come and is not applied. */
    synchronized long unfinished(boolean toWhole) {
        boolean counts = handler && !spec.kept() && delivery == null && (in.complete() || !toWhole);
        return counts ? in.unfinished() : Needs.NOTHING;
    }

    /** Work that waits for another table may be due. */
    void workMayGoOn() {
        if (needs.held()) {
            events.workArrived();
        }
    }

    /** What goes over the running link for it. */
    TableTraffic traffic() {
        return traffic;
    }

    /** Its comparisons with the peer's table. */
    public Comparison comparison() {
        return comparison;
    }

    /** How things are. */
    public synchronized TableState state() {
        boolean inSync = handler && out.accepted() && out.delivered();
        long lag = out.backlog.size();
        long known = entries.entries();
        String detail = !handler ? "no handler here" : inSync ? "" : !out.accepted() ? out.refusal()
                : out.failure().isEmpty() ? "a snapshot is under way" : out.failure();
        return new TableState(spec, handler, known, lag, out.backlog.oldestMillis(now), out.delivered() ? lag : known, inSync,
                out.snapshot() != null, detail, in.complete(), in.state() == Incoming.State.NOT_OFFERED, in.failure(), frames.changesSent(),
                frames.bytesSent(), entries.appliedCount(), entries.resolved().sum(), out.overflows(),
                new TableState.OnlyQuick(out.produced(), onlyQuickReported, frames.quickPrice().changes(), frames.quickPrice().bytes()),
                in.keptByPeer(), out.failure(), traffic.peer());
    }

    /** What the peer had and this firewall never got, judged by the peer's last watermark. */
    public synchronized Shortfall shortfall() {
        return in.shortfall();
    }

    /** What was decided of entries that both firewalls had changed, since the beginning. */
    synchronized SplitBrain.Resolved resolved() {
        return entries.resolved();
    }

    /** Whether the local firewall processes services: then it knows its entries better than the peer. */
    synchronized void forwards(boolean now) {
        forwards = now;
        // Who keeps entries for the peer does not know better than it.
        entries.forwards(forwards && !spec.kept());
        comparison.stop();
    }

    /** What the peer must know of it. */
    public TableSpec spec() {
        return spec;
    }

    synchronized long clock() {
        return entries.clock();
    }

    /** First contact with the peer: this log's stamps begin beyond all that it knows. */
    synchronized void contact(long peerClock) {
        entries.contact(peerClock);
    }

    // What its traffic asks, with this lock held.

    boolean handlerHere() {
        return handler;
    }

    long now() {
        return now;
    }

    /** The clock of a link may be ahead of the last {@link #time}. */
    long later(long millis) {
        now = Math.max(now, millis);
        return now;
    }

    /** Whether changes are not gathered. */
    boolean atOnce() {
        return quick || spec.urgent();
    }

    /** Whether they would be without quick backup. */
    boolean quickOnly() {
        return quick && !spec.urgent();
    }

    // What tests ask.

    synchronized int tombstones() {
        return entries.removedCount();
    }

    synchronized boolean confirmed(byte[] key) {
        return out.backlog.find(new Pending(key, hasher.of(key))) == null;
    }

    synchronized int queuedWork() {
        return in.queued();
    }

    synchronized long queuedBytes() {
        return in.queuedBytes();
    }

    synchronized long backlogBytes() {
        return out.backlog.bytes();
    }
}
