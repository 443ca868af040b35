/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of every entry of one table, and which of two states of an entry wins. Guarded by its {@link TableReplica}.
 * <p>
 * Every entry has a stamp of a Lamport clock and its origin; the later stamp wins. Where both firewalls changed an entry while neither
 * knew of the other, the handler may say which value is further; the outcome gets a new stamp and is announced again by both, so that
 * both end with the same value whatever the order of messages was.
 */
final class Reconciler implements Outgoing.Knowledge {

    private static final int MOST_OWED = 65_536;

    private final KeyHash hasher;
    private final int me;
    private final Outgoing out;
    private final Incoming in;
    private final long early;
    private EntryIndex index = new EntryIndex();
    private boolean forwards;
    private boolean indexed;
    /** It forwarded while nobody watched, whatever its role when the table is read. */
    private boolean forwardedUnwatched;
    /** Removed entries of which the peer must be told as soon as it follows. */
    private final List<byte[]> owed = new ArrayList<>(0);
    private long clock;
    private long snapshots;
    private long logStart;
    private long snapshotClock;
    private long modifications;
    private long modificationsAtBegin;
    private List<Operation> applying = List.of();
    private SplitBrain.Resolved resolved = new SplitBrain.Resolved(0, 0);
    private long applied;

    Reconciler(KeyHash hasher, int me, long clock, Outgoing out, Incoming in) {
        this.hasher = hasher;
        this.me = me;
        this.clock = Math.max(clock, Cell.FOUND);
        this.early = this.clock >>> 12;
        this.out = out;
        this.in = in;
        out.knowledge(this);
    }

    @Override
    public void untold(Pending pending) {
        long cell = index.get(pending.hash);
        if (cell != Cell.NONE && Cell.stampOf(cell) == pending.stamp) {
            index.put(pending.hash, Cell.untold(cell, true));
        } else if (cell == Cell.NONE && pending.value == null) {
            // An earlier state may be on its way: what the peer sends meanwhile must come out later than that.
            index.put(pending.hash, Cell.untold(Cell.of(pending.stamp, true, 0), true));
        }
    }

    @Override
    public void told(Entry entry) {
        long hash = hasher.of(entry.key());
        long cell = index.get(hash);
        if (cell != Cell.NONE && !Cell.removed(cell) && Cell.stampOf(cell) == entry.stamp()) {
            index.put(hash, Cell.untold(cell, false));
        }
    }

    @Override
    public void allUntold() {
        index.visit(cell -> !Cell.removed(cell) ? Cell.untold(cell, true) : Cell.untold(cell) && !forwards ? Cell.NONE : cell);
    }

    /** The firewall itself changed an entry; {@code value} is null when it removed it. */
    void changed(Pending entry, byte[] value, byte[] soft, long now) {
        long stamp = nextStamp();
        Operation operation = applying(entry.key, entry.hash);
        if (operation != null) {
            operation.overtakenBy(new Operation(entry.key, entry.hash, value, soft, stamp, Cell.NONE));
        }
        boolean earlierOnItsWay = out.onItsWayAlone(entry);
        boolean told = out.note(entry, value, soft, stamp, now);
        remember(entry.hash, stamp, value == null, 0, told);
        if (earlierOnItsWay && value == null) {
            index.put(entry.hash, Cell.untold(Cell.of(stamp, true, 0), true));
        }
    }

    private Operation applying(byte[] key, long hash) {
        for (Operation operation : applying) {
            if (operation.hash() == hash && Arrays.equals(operation.key(), key)) {
                return operation;
            }
        }
        return null;
    }

    /** The handler failed while it applied: what it has not done is not so. */
    void abandon(long now) {
        List<Operation> undone = applying;
        applying = List.of();
        for (Operation operation : undone) {
            if (operation.overtakenBy() == null && !operation.isDone()) {
                undo(operation, now);
            }
        }
    }

    private void undo(Operation operation, long now) {
        modifications++;
        Entry own = operation.yielded();
        if (own != null) {
            changed(new Pending(own.key(), operation.hash()), own.value(), own.soft(), now);
            return;
        }
        index.set(operation.hash(), operation.cellBefore());
        dropEcho(operation);
    }

    private void dropEcho(Operation operation) {
        Pending echo = out.backlog.find(new Pending(operation.key(), operation.hash()));
        if (echo != null && echo.stamp == operation.stamp()) {
            out.backlog.drop(echo);
        }
    }

    /** Whether the local firewall processes services. */
    void forwards(boolean now) {
        forwards = now;
    }

    /** Nobody watched the table for a while: nothing that was known of its entries counts any more. */
    void startOver() {
        modifications++;
        index = new EntryIndex();
        indexed = false;
        forwardedUnwatched = forwards;
        owed.clear();
        applying = List.of();
        if (!forwards && logStart != 0) {
            // Own entries that the peer still has are not taken for removed ones.
            logStart = ++clock;
        }
    }

    /** What is known is true of the handler's table, but that may hold more. */
    void takesOver() {
        modifications++;
        indexed = false;
        forwardedUnwatched = forwards;
        owed.clear();
    }

    /** Begins a snapshot and tells its clock: later changes travel by themselves. */
    long beginSnapshot(long now) {
        snapshotClock = ++clock;
        snapshots++;
        modificationsAtBegin = modifications;
        payOwed(now);
        // What is being applied just now may be read too early or too late.
        applying.forEach(operation -> noteApplying(operation, now));
        return snapshotClock;
    }

    private void noteApplying(Operation operation, long now) {
        Operation last = operation.overtakenBy() == null ? operation : operation.overtakenBy();
        Pending probe = new Pending(last.key(), last.hash());
        if (out.backlog.find(probe) == null) {
            out.note(probe, last.value(), last.soft(), last.stamp(), now);
        }
    }

    /** The stamp under which an entry just read goes into the snapshot, or {@link Cell#NONE} when a change of it travels by itself. */
    long snapshotStamp(byte[] key, long hash, long now) {
        Operation operation = applying(key, hash);
        if (operation != null) {
            noteApplying(operation, now);
            return Cell.NONE;
        }
        long cell = index.get(hash);
        if (cell == Cell.NONE) {
            // Changed while nobody watched. The firewall that forwards knows better than its peer, the other one does not.
            long stamp = Cell.stamp(forwards || forwardedUnwatched ? snapshotClock : early + snapshots, me);
            cell = Cell.untold(Cell.of(stamp, false, in.snapshotOpen() ? in.mark() : 0), true);
            index.put(hash, cell);
        }
        boolean changed = Cell.removed(cell) || Cell.clock(Cell.stampOf(cell)) > snapshotClock;
        return changed ? Cell.NONE : Cell.stampOf(cell);
    }

    /** A later state of the entry is on its way or known to the peer. */
    boolean overtaken(Entry read) {
        if (modifications == modificationsAtBegin) {
            // Nothing changed since: no need to look up every entry of a table at rest.
            return false;
        }
        long cell = index.get(hasher.of(read.key()));
        return Cell.told(cell) && Cell.stampOf(cell) > read.stamp();
    }

    /** The peer begins a snapshot: what it cannot have had then is no extra, and what was removed here must not come back. */
    void protect() {
        index.visit(cell -> Cell.removed(cell) ? withoutOlder(cell) : protectedCell(cell));
        for (Pending pending : out.backlog.all()) {
            index.put(pending.hash, Cell.of(pending.stamp, pending.value == null, in.mark()));
        }
    }

    /** What was removed before this snapshot began is not in it, unless the peer has it again. */
    private long withoutOlder(long cell) {
        return out.reading() || forwards && Cell.untold(cell) ? Cell.untold(cell, true) : Cell.NONE;
    }

    private long protectedCell(long cell) {
        if (Cell.untold(cell) && !madeByPeer(cell)) {
            return Cell.marked(cell, in.mark());
        }
        // Marks are used again after a while: those of long ago must not count.
        return in.mark() == 1 ? Cell.marked(cell, 0) : cell;
    }

    /** Whatever begins from now on is later than what has come, even when that is not applied yet. */
    void advance(List<Entry> come) {
        come.forEach(entry -> advance(Cell.clock(entry.stamp())));
    }

    void advance(long theirClock) {
        clock = Math.max(clock, theirClock);
    }

    /** First contact with the peer: this log's stamps begin beyond all that it knows. */
    void contact(long peerClock) {
        advance(peerClock);
        if (logStart == 0) {
            logStart = ++clock;
        }
    }

    long clock() {
        return clock;
    }

    long logStart() {
        return logStart;
    }

    int entries() {
        return index.live();
    }

    long cell(long hash) {
        return index.get(hash);
    }

    int removedCount() {
        return index.removed();
    }

    /** What was decided of entries that both had changed. */
    SplitBrain.Resolved resolved() {
        return resolved;
    }

    long appliedCount() {
        return applied;
    }

    /** The peer has everything: there is nothing left that only a snapshot would tell it. */
    void told() {
        index.visit(cell -> Cell.removed(cell) && Cell.untold(cell) ? Cell.NONE : Cell.untold(cell, false));
    }

    List<Operation> decide(List<Entry> entries, boolean snapshot, List<Conflict> judged, long now) {
        List<Operation> operations = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            long hash = hasher.of(entry.key());
            clock = Math.max(clock, Cell.clock(entry.stamp()));
            Pending mine = out.backlog.size() == 0 ? null : out.backlog.find(new Pending(entry.key(), hash));
            // A snapshot or an echo of an own state is no change that the peer made.
            boolean changedThere = !snapshot && Cell.origin(entry.stamp()) != me;
            // Neither is a state of the peer that is only told back to it.
            boolean changedHere = mine != null && Cell.origin(mine.stamp) == me;
            if (changedHere && changedThere && !entry.sameContent(mine)) {
                settleConflict(entry, mine, judged, operations, now);
            } else if (mine == null && leftover(entry, hash, snapshot)) {
                tellRemoved(entry.key(), hash, now);
            } else if (newer(entry, hash, snapshot)) {
                if (mine != null && !(changedHere && changedThere)) {
                    out.backlog.drop(mine);
                }
                operations.add(accept(entry, hash, snapshot, now));
            } else {
                confirmExistence(entry, hash, snapshot);
            }
        }
        applied += operations.size();
        applying = operations;
        return operations;
    }

    private Operation accept(Entry entry, long hash, boolean snapshot, long now) {
        long before = index.get(hash);
        boolean removedSince = Cell.removed(before) && Cell.stampOf(before) > entry.stamp();
        // What the peer knows of a removal that it was not told of is an older state, which may have a later stamp than this one.
        boolean back = removedSince && (snapshot || Cell.untold(before)) || snapshot && mayBeTakenForRemoved(entry);
        // Only just later, so that it counts as a state of its own but not more than any later change.
        long later = Cell.clock(removedSince ? Cell.stampOf(before) : entry.stamp()) + 1;
        long stamp = back ? Cell.stamp(later, me) : entry.stamp();
        advance(Cell.clock(stamp));
        if (back || in.stale()) {
            boolean told = out.note(new Pending(entry.key(), hash), entry.value(), entry.soft(), stamp, now);
            remember(hash, stamp, entry.removed(), in.snapshotOpen() ? in.mark() : 0, told);
        } else {
            remember(hash, stamp, entry.removed(), in.takenMark(), true);
        }
        return new Operation(entry.key(), hash, entry.value(), entry.soft(), stamp, before);
    }

    /** This firewall forwards and has it no more; the peer only has not heard of that. */
    private boolean leftover(Entry entry, long hash, boolean snapshot) {
        long cell = index.get(hash);
        boolean found = snapshot && Cell.clock(entry.stamp()) < Cell.FOUND && indexed && (cell == Cell.NONE || Cell.removed(cell));
        boolean removedSince = Cell.removed(cell) && Cell.untold(cell) && Cell.stampOf(cell) > entry.stamp();
        return forwards && (found || removedSince) && owed.size() < MOST_OWED;
    }

    private void tellRemoved(byte[] key, long hash, long now) {
        long stamp = nextStamp();
        boolean told = out.note(new Pending(key, hash), null, Entry.NOTHING, stamp, now);
        if (!told) {
            owed.add(key);
        }
        remember(hash, stamp, true, 0, told);
    }

    private void payOwed(long now) {
        List<byte[]> due = new ArrayList<>(owed);
        owed.clear();
        for (byte[] key : due) {
            long hash = hasher.of(key);
            long cell = index.get(hash);
            if (cell == Cell.NONE || Cell.removed(cell)) {
                tellRemoved(key, hash, now);
            }
        }
    }

    /** All entries of the table have been seen. */
    void indexed() {
        indexed = true;
        forwardedUnwatched = false;
    }

    private void confirmExistence(Entry entry, long hash, boolean snapshot) {
        long cell = index.get(hash);
        if (cell != Cell.NONE && !in.stale() && (snapshot || Cell.stampOf(cell) == entry.stamp())) {
            index.put(hash, Cell.marked(cell, in.takenMark()));
        }
    }

    /** It comes back while an own snapshot without it is on its way, at whose end the peer would remove it. */
    private boolean mayBeTakenForRemoved(Entry entry) {
        boolean ownOfThisLog = Cell.origin(entry.stamp()) == me && Cell.clock(entry.stamp()) >= logStart;
        return out.reading() && (in.complete() || in.begunInRound() > 1 || ownOfThisLog);
    }

    private boolean newer(Entry entry, long hash, boolean snapshot) {
        long cell = index.get(hash);
        if (cell == Cell.NONE || Cell.removed(cell) && Cell.untold(cell)) {
            // The peer's snapshot may hold an entry of ours that we have removed: the removal is on its way.
            boolean ownAndGone = snapshot && Cell.origin(entry.stamp()) == me && logStart != 0 && Cell.clock(entry.stamp()) >= logStart;
            return !ownAndGone;
        }
        return entry.stamp() > Cell.stampOf(cell);
    }

    private void settleConflict(Entry entry, Pending mine, List<Conflict> judged, List<Operation> operations, long now) {
        int verdict = 0;
        for (Conflict conflict : judged) {
            if (conflict.mine() == mine.value && conflict.theirs() == entry.value()) {
                verdict = conflict.verdict();
            }
        }
        Entry own = mine.entry();
        boolean keep = verdict > 0 || verdict == 0 && mine.stamp > entry.stamp();
        resolved = resolved.and(keep);
        byte[] value = keep ? mine.value : entry.value();
        byte[] soft = keep ? mine.soft : entry.soft();
        long stamp = nextStamp();
        boolean told = out.note(new Pending(mine.key, mine.hash), value, soft, stamp, now);
        long before = index.get(mine.hash);
        remember(mine.hash, stamp, value == null, 0, told);
        if (!keep) {
            Operation operation = new Operation(entry.key(), mine.hash, value, soft, stamp, before);
            operation.yielded(own);
            operations.add(operation);
        }
    }

    /** After the operations were done: what must be done again because the firewall changed the same entry meanwhile. */
    List<Operation> settle(List<Operation> done) {
        List<Operation> again = new ArrayList<>(0);
        for (Operation operation : done) {
            if (operation.overtakenBy() != null) {
                again.add(operation.overtakenBy());
            }
        }
        applying = again;
        return again;
    }

    boolean extrasExist() {
        if (in.stale() || in.takenMark() != in.mark() || !in.extrasPossible()) {
            return false;
        }
        boolean[] found = new boolean[1];
        index.visit(cell -> {
            found[0] |= extra(cell);
            return cell;
        });
        return found[0];
    }

    boolean isExtra(byte[] key) {
        long hash = hasher.of(key);
        long cell = index.get(hash);
        return cell != Cell.NONE && extra(cell) && in.mayBeExtra(key)
                && out.backlog.find(new Pending(key, hash)) == null;
    }

    List<Operation> removeExtras(List<byte[]> keys, long now) {
        List<Operation> operations = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            if (!in.stale() && in.takenMark() == in.mark() && isExtra(key)) {
                long hash = hasher.of(key);
                long before = index.get(hash);
                long stamp = Cell.stampOf(before);
                boolean told = false;
                if (out.reading()) {
                    // It may have been read before, and on its way the peer would take it for an entry that is back.
                    stamp = Cell.stamp(Cell.clock(stamp) + 1, me);
                    told = out.note(new Pending(key, hash), null, Entry.NOTHING, stamp, now);
                }
                remember(hash, stamp, true, 0, told);
                operations.add(new Operation(key, hash, null, Entry.NOTHING, stamp, before));
            }
        }
        applied += operations.size();
        applying = operations;
        return operations;
    }

    /** In no snapshot of the peer although the peer must have had it: the peer has removed it. */
    private boolean extra(long cell) {
        boolean peerKnew = in.peerInRound() && !Cell.untold(cell) || madeByPeer(cell);
        return peerKnew && !Cell.removed(cell) && Cell.mark(cell) != in.mark() && Cell.clock(Cell.stampOf(cell)) <= in.snapshotClock();
    }

    private boolean madeByPeer(long cell) {
        return Cell.origin(Cell.stampOf(cell)) != me && Cell.clock(Cell.stampOf(cell)) >= in.firstClock();
    }

    private long nextStamp() {
        return Cell.stamp(++clock, me);
    }

    /**
     * A removed entry is remembered while a snapshot may hold it: the peer's, or one being read here. A firewall that forwards, and whose
     * peer does not follow, remembers what it removes until it does: what the peer had may come back, from what it keeps, too.
     */
    private void remember(long hash, long stamp, boolean removed, int mark, boolean told) {
        modifications++;
        boolean needed = told ? in.snapshotOpen() || out.snapshot() != null
                : out.reading() || forwards && (in.snapshotOpen() || index.removed() < MOST_OWED);
        if (!removed || needed) {
            index.put(hash, Cell.untold(Cell.of(stamp, removed, mark), !told));
        } else {
            index.remove(hash);
        }
    }

    /** What a whole snapshot of the peer does not hold and the table neither. */
    void forgetExtras() {
        if (!in.stale() && in.takenMark() == in.mark() && in.gap() == null) {
            index.visit(cell -> extra(cell) ? Cell.NONE : cell);
        }
    }

    /** Removed entries need not be remembered when no snapshot is under way. */
    void forgetRemoved() {
        if (index.removed() > 0 && !in.snapshotOpen() && out.snapshot() == null) {
            index.visit(cell -> Cell.removed(cell) && !(forwards && !out.following() && Cell.untold(cell)) ? Cell.NONE : cell);
        }
    }
}
