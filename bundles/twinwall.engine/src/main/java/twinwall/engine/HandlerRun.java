/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import twinwall.protocol.Applier;
import twinwall.protocol.EntryVisitor;
import twinwall.protocol.Keeper;
import twinwall.protocol.KeptDelivery;
import twinwall.protocol.TableAccess;
import twinwall.protocol.TableReplica;
import twinwall.protocol.TableReplica.Room;
import twinwall.protocol.TableSpec;
import twinwall.protocol.TableWalk;
import twinwall.protocol.Work;
import twinwall.spi.BackupTiming;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.SnapshotSink;

/**
 * One handler at work on its table, from its arrival to its departure. What it does wrong ends here: a failure or a missed deadline
 * takes its table out of sync and is answered by a new try after a pause.
 */
final class HandlerRun implements TableAccess {

    private static final System.Logger LOG = System.getLogger("twinwall.engine");
    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final HandlerInfo info;
    private final TableReplica replica;
    private final Threads threads;
    private final Executor lane;
    private final Executor walks;
    private final ReportedChanges changes;
    private final Applier applier;
    private final HandlerFigures figures;
    private final TableCost cost;
    private final CallWatch restoreWatch = new CallWatch();
    private final CallWatch snapshotWatch = new CallWatch();
    private final Object roomLock = new Object();
    private volatile long roomCalls;
    private AutoCloseable watching;
    private EntrySink sink;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private volatile long snapshotId;
    private volatile boolean over;
    private volatile boolean fenced;
    /** The handler is given what was kept, and takes nothing of the peer before it has that. */
    private volatile boolean delivering;
    /** A snapshot was asked for while nobody could read one. */
    private volatile boolean snapshotMissed;

    HandlerRun(HandlerInfo info, TableReplica replica, Threads threads, ReportedChanges.Timing timing, TableCost cost) {
        this.info = info;
        this.replica = replica;
        this.threads = threads;
        this.lane = threads.lane();
        this.cost = cost;
        this.changes = new ReportedChanges(replica, timing, cost.reporting);
        this.walks = threads.lane();
        this.applier = new Applier(replica, this);
        this.figures = new HandlerFigures(info, threads);
    }

    HandlerInfo info() {
        return info;
    }

    /** Entries that the handler reported and that are over a limit. */
    long refused() {
        return changes.refused();
    }

    /** What the handler says of its table. */
    HandlerFigures.Figures figures() {
        return figures.now();
    }

    /** Begins to report changes. Throws what the handler throws. */
    void watch() {
        AutoCloseable opened = info.handler().watch(changes);
        synchronized (this) {
            if (!over) {
                watching = opened;
                return;
            }
        }
        // The handler's bundle went away meanwhile.
        close(opened);
    }

    /** Ends it; the handler may hang without harm to others. */
    void end() {
        AutoCloseable open;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            open = watching;
        }
        changes.close();
        roomAgain();
        if (open != null) {
            threads.run(() -> close(open));
        }
    }

    private void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "Table ''{0}'': handler {1} failed when it was closed: {2}", info.type(), info, e);
        }
    }

    void workArrived() {
        lane.execute(this::work);
    }

    private void work() {
        Work work = idle() ? null : replica.take();
        while (work != null) {
            try {
                restoreWatch.enter();
                apply(work);
                if (work instanceof Work.End) {
                    // The handler has taken a whole table; what came before the end proves nothing.
                    pauseMillis = FIRST_PAUSE_MILLIS;
                }
            } catch (IOException | RuntimeException | LinkageError e) {
                if (!over && !fenced) {
                    failed("restoring entries of the peer", e);
                }
                return;
            } finally {
                restoreWatch.leave();
            }
            work = idle() ? null : replica.take();
        }
    }

    private boolean idle() {
        return over || fenced || delivering;
    }

    /** Does this once the handler is not called any more; after {@link #end}. */
    void whenIdle(Runnable then) {
        lane.execute(then);
    }

    /** Goes on in the middle of what the peer sends; of a keeper, which cannot fail in that. */
    void goOn(TableSpec spec) {
        try {
            open(spec.schema(), spec.layout());
        } catch (IOException e) {
            failed("restoring entries of the peer", e);
        }
        workArrived();
    }

    /** Gives the handler what was kept before it takes anything else; {@code ended} is told whether it has taken it. */
    void deliver(Keeper keeper, TableSpec spec, BooleanSupplier forwards, Consumer<Throwable> ended) {
        delivering = true;
        lane.execute(() -> {
            KeptDelivery delivery = new KeptDelivery(replica, keeper.kept(), this);
            Throwable failure = null;
            try {
                restoreWatch.enter();
                delivery.deliver(spec, forwards.getAsBoolean());
                delivering = false;
                if (snapshotMissed) {
                    // The peer was quick: it has accepted the handler's table before this line.
                    replica.deliveryEnds();
                }
                LOG.log(System.Logger.Level.INFO, "Table ''{0}'': handler {1} has taken {2} entries that were kept for it; {3} are the "
                        + "firewall''s own.", info.type(), info, Long.toString(delivery.delivered()), Long.toString(delivery.passedOver()));
            } catch (IOException | RuntimeException | LinkageError e) {
                failure = e;
            } finally {
                restoreWatch.leave();
            }
            if (!over && !fenced) {
                ended.accept(failure);
                work();
            }
        });
    }

    private void apply(Work work) throws IOException {
        if (!cost.applying.due()) {
            applier.apply(work);
            return;
        }
        long begun = System.nanoTime();
        applier.apply(work);
        cost.applying.add(System.nanoTime() - begun, work instanceof Work.Changes changed ? changed.entries().size() : 1);
    }

    private void failed(String what, Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (info.handler() instanceof KeptTable kept) {
            LOG.log(System.Logger.Level.WARNING, "Table ''{0}'': what the peer sends cannot be kept any more: {1}. The table is out of "
                    + "sync; the other tables go on.", info.type(), reason);
            kept.failed(replica, cause);
            return;
        }
        LOG.log(System.Logger.Level.WARNING,
                "Table ''{0}'': handler {1} failed while {2}: {3}. The other tables go on. Retrying in {4} ms.",
                info.type(), info, what, reason, Long.toString(pauseMillis));
        replica.restoringFailed(reason);
        threads.after(pauseMillis, () -> {
            if (!over) {
                replica.retryRestoring();
            }
        });
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
    }

    void snapshotWanted(long id) {
        snapshotMissed = true;
        if (delivering) {
            // Another one is asked for when the delivery is over.
            return;
        }
        snapshotMissed = false;
        snapshotId = id;
        roomAgain();
        threads.run(() -> readSnapshot(id));
    }

    private void readSnapshot(long id) {
        try {
            snapshotWatch.enter();
            info.handler().snapshot(new Snapshot(id));
            replica.snapshotRead(id);
        } catch (IOException | RuntimeException | LinkageError e) {
            if (over || snapshotId != id) {
                return;
            }
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            LOG.log(System.Logger.Level.WARNING, "Table ''{0}'': handler {1} failed during the snapshot: {2}. The other tables go on. "
                    + "Retrying in {3} ms.", info.type(), info, reason, Long.toString(pauseMillis));
            replica.snapshotFailed(id, reason);
            threads.after(pauseMillis, replica::sendAgain);
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        } finally {
            snapshotWatch.leave();
        }
    }

    void walkWanted(TableWalk walk) {
        if (delivering) {
            return;
        }
        // One at a time: a handler that hangs takes one thread.
        walks.execute(() -> ContentWalk.run(info, replica, walk));
    }

    void roomAgain() {
        synchronized (roomLock) {
            roomCalls++;
            roomLock.notifyAll();
        }
    }

    /** Takes the table out of sync when the handler has had control for longer than the deadline. */
    void checkDeadline(long now, long deadlineMillis) {
        if (over || fenced) {
            return;
        }
        if (restoreWatch.millis(now) > deadlineMillis) {
            fenced = true;
            complain("restoring entries of the peer", deadlineMillis);
            replica.restoringFailed("the handler does not come back");
        } else if (snapshotWatch.millis(now) > deadlineMillis) {
            fenced = true;
            complain("writing a snapshot", deadlineMillis);
            replica.snapshotFailed(snapshotId, "the handler does not come back");
        }
    }

    private void complain(String what, long deadlineMillis) {
        LOG.log(System.Logger.Level.ERROR,
                "Table ''{0}'': handler {1} made no progress for {2} ms while {3}. The table is out of sync until "
                + "the handler is replaced; the other tables go on.", info.type(), info, Long.toString(deadlineMillis), what);
    }

    @Override
    public void open(int schema, byte[] layout) throws IOException {
        sink = info.handler().restore(new PeerLayout(schema, layout));
    }

    @Override
    public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
        goesOn();
        changes.restoring(key);
        try {
            sink.put(key, value, soft);
        } finally {
            changes.restored();
            restoreWatch.enter();
        }
    }

    @Override
    public void remove(byte[] key) throws IOException {
        changes.restoring(key);
        try {
            sink.remove(key);
        } finally {
            changes.restored();
            restoreWatch.enter();
        }
    }

    private void goesOn() throws IOException {
        if (delivering && (over || fenced)) {
            throw new InterruptedIOException("The handler is gone.");
        }
    }

    @Override
    public int compare(byte[] key, byte[] mine, byte[] theirs) {
        return info.handler().compare(key, mine, theirs);
    }

    @Override
    public void visit(EntryVisitor visitor) throws IOException {
        info.handler().snapshot(new SnapshotSink() {
            @Override
            public BackupTiming timing() {
                return changes.timingOfSnapshots();
            }

            @Override
            public boolean softWanted() {
                return delivering;
            }

            @Override
            public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
                visitor.visit(key, value, soft == null ? new byte[0] : soft);
                restoreWatch.enter();
            }
        });
    }

    /** Gives the handler's entries to the replica, waiting while the peer is slow. */
    private final class Snapshot implements SnapshotSink {

        private final long id;

        Snapshot(long id) {
            this.id = id;
        }

        @Override
        public BackupTiming timing() {
            return changes.timingOfSnapshots();
        }

        @Override
        public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
            snapshotWatch.leave();
            byte[] facts = soft == null ? new byte[0] : soft;
            long seen = roomCalls;
            Room room = replica.snapshotPut(id, key, value, facts);
            while (room == Room.FULL && !over) {
                awaitRoom(seen);
                seen = roomCalls;
                room = replica.snapshotPut(id, key, value, facts);
            }
            if (room == Room.VOID || over) {
                throw new InterruptedIOException("The snapshot is no longer wanted.");
            }
            snapshotWatch.enter();
        }

        /** Waits for room; returns at once when it has come since {@code seen}. */
        private void awaitRoom(long seen) throws InterruptedIOException {
            try {
                synchronized (roomLock) {
                    while (roomCalls == seen && !over) {
                        roomLock.wait(1000);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The engine stops.");
            }
        }
    }
}
