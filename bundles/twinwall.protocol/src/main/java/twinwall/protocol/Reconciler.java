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
final class Reconciler {

    private final KeyHash hasher;
    private final int me;
    private final Outgoing out;
    private final Incoming in;
    private final EntryIndex index = new EntryIndex();
    private long clock;
    private long logStart;
    private long snapshotClock;
    private List<Operation> applying = List.of();
    private long conflicts;
    private long applied;

    Reconciler(KeyHash hasher, int me, long clock, Outgoing out, Incoming in) {
        this.hasher = hasher;
        this.me = me;
        this.clock = clock;
        this.out = out;
        this.in = in;
    }

    /** The firewall itself changed an entry; {@code value} is null when it removed it. */
    void changed(byte[] key, long hash, byte[] value, byte[] soft, long now) {
        long stamp = nextStamp();
        remember(hash, stamp, value == null, 0);
        for (Operation operation : applying) {
            if (operation.hash() == hash && Arrays.equals(operation.key(), key)) {
                operation.overtakenBy(new Operation(key, hash, value, soft));
            }
        }
        out.note(new Pending(key, hash), value, soft, stamp, now);
    }

    /** The handler was stopped while it applied. */
    void abandon() {
        applying = List.of();
    }

    /** Begins a snapshot and tells its clock: later changes travel by themselves. */
    long beginSnapshot() {
        snapshotClock = ++clock;
        return snapshotClock;
    }

    /** The stamp under which an entry just read goes into the snapshot, or {@link Cell#NONE} when a change of it travels by itself. */
    long snapshotStamp(long hash) {
        long cell = index.get(hash);
        if (cell == Cell.NONE) {
            cell = Cell.of(Cell.stamp(snapshotClock, me), false, 0);
            index.put(hash, cell);
        }
        boolean changed = Cell.removed(cell) || Cell.clock(Cell.stampOf(cell)) > snapshotClock;
        return changed ? Cell.NONE : Cell.stampOf(cell);
    }

    /** The peer begins a snapshot: what it cannot have had then is no extra, and what was removed here must not come back. */
    void protect(long appliedSeq) {
        for (Pending pending : out.backlog.all()) {
            if (pending.seq == 0 || pending.seq > appliedSeq) {
                index.put(pending.hash, Cell.of(pending.stamp, pending.value == null, in.mark()));
            }
        }
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

    long conflictCount() {
        return conflicts;
    }

    long appliedCount() {
        return applied;
    }

    List<Conflict> conflicts(List<Entry> entries) {
        if (out.backlog.size() == 0) {
            return List.of();
        }
        List<Conflict> found = new ArrayList<>();
        for (Entry entry : entries) {
            Pending mine = out.backlog.find(new Pending(entry.key(), hasher.of(entry.key())));
            if (mine != null && mine.value != null && !entry.removed() && !entry.sameContent(mine)) {
                found.add(new Conflict(entry.key(), mine.value, entry.value()));
            }
        }
        return found;
    }

    List<Operation> decide(List<Entry> entries, boolean snapshot, List<Conflict> judged, long now) {
        List<Operation> operations = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            long hash = hasher.of(entry.key());
            clock = Math.max(clock, Cell.clock(entry.stamp()));
            Pending mine = out.backlog.size() == 0 ? null : out.backlog.find(new Pending(entry.key(), hash));
            if (mine != null && !snapshot && !entry.sameContent(mine)) {
                settleConflict(entry, mine, judged, operations, now);
            } else if (newer(entry, hash, snapshot)) {
                remember(hash, entry.stamp(), entry.removed(), in.snapshotOpen() ? in.mark() : 0);
                if (mine != null && snapshot) {
                    out.backlog.drop(mine);
                }
                operations.add(new Operation(entry.key(), hash, entry.value(), entry.soft()));
            } else if (snapshot && index.get(hash) != Cell.NONE) {
                index.put(hash, Cell.marked(index.get(hash), in.mark()));
            }
        }
        applied += operations.size();
        applying = operations;
        return operations;
    }

    private boolean newer(Entry entry, long hash, boolean snapshot) {
        long cell = index.get(hash);
        if (cell == Cell.NONE) {
            // The peer's snapshot may hold an entry of ours that we have removed: the removal is on its way.
            boolean ownAndGone = snapshot && Cell.origin(entry.stamp()) == me && logStart != 0 && Cell.clock(entry.stamp()) >= logStart;
            return !ownAndGone;
        }
        long known = Cell.stampOf(cell);
        return entry.stamp() > known || entry.stamp() == known && in.fromScratch() && !Cell.removed(cell);
    }

    private void settleConflict(Entry entry, Pending mine, List<Conflict> judged, List<Operation> operations, long now) {
        conflicts++;
        int verdict = 0;
        for (Conflict conflict : judged) {
            if (conflict.mine() == mine.value && conflict.theirs() == entry.value()) {
                verdict = conflict.verdict();
            }
        }
        boolean keep = verdict > 0 || verdict == 0 && mine.stamp > entry.stamp();
        byte[] value = keep ? mine.value : entry.value();
        byte[] soft = keep ? mine.soft : entry.soft();
        long stamp = nextStamp();
        remember(mine.hash, stamp, value == null, 0);
        out.note(new Pending(mine.key, mine.hash), value, soft, stamp, now);
        if (!keep) {
            operations.add(new Operation(entry.key(), mine.hash, value, soft));
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
        return cell != Cell.NONE && extra(cell) && out.backlog.find(new Pending(key, hash)) == null;
    }

    List<Operation> removeExtras(List<byte[]> keys) {
        List<Operation> operations = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            if (isExtra(key)) {
                long hash = hasher.of(key);
                index.remove(hash);
                operations.add(new Operation(key, hash, null, Entry.NOTHING));
            }
        }
        applied += operations.size();
        applying = operations;
        return operations;
    }

    /** In no snapshot of the peer although the peer must have had it: the peer has removed it. */
    private boolean extra(long cell) {
        long stamp = Cell.stampOf(cell);
        boolean peerKnew = in.peerHadAll() || Cell.origin(stamp) != me && Cell.clock(stamp) >= in.firstClock();
        return peerKnew && !Cell.removed(cell) && Cell.mark(cell) != in.mark() && Cell.clock(stamp) <= in.snapshotClock();
    }

    private long nextStamp() {
        return Cell.stamp(++clock, me);
    }

    private void remember(long hash, long stamp, boolean removed, int mark) {
        if (!removed || in.snapshotOpen() || out.snapshot() != null) {
            index.put(hash, Cell.of(stamp, removed, mark));
        } else {
            index.remove(hash);
        }
    }

    /** Removed entries need not be remembered when no snapshot is under way. */
    void forgetRemoved() {
        if (index.removed() > 0 && !in.snapshotOpen() && out.snapshot() == null) {
            index.visit(cell -> Cell.removed(cell) ? Cell.NONE : cell);
        }
    }
}
