/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;

import org.osgi.framework.ServiceReference;
import twinwall.protocol.Answered;
import twinwall.protocol.ComparisonState;
import twinwall.protocol.Member;
import twinwall.protocol.TableEvents;
import twinwall.protocol.TableReplica;
import twinwall.protocol.TableSpec;
import twinwall.protocol.TableWalk;
import twinwall.spi.ConfirmationListener;
import twinwall.spi.TableHandler;

/**
 * One table type with all handlers that claim it. The one with the highest ranking works; when it goes, the next takes its place. The
 * replica outlives handlers, so that an update of a handler keeps what is known of the entries.
 */
final class BackedUpTable implements TableEvents {

    private static final System.Logger LOG = System.getLogger("twinwall.engine");

    private final String type;
    private final Member member;
    private final Replicas replicas;
    private final Threads threads;
    private final ReportedChanges.Timing timing;
    private final Executor lane;
    private final Confirmations confirmations;
    private final TableCost cost = new TableCost();
    private final NavigableMap<ServiceReference<TableHandler>, HandlerInfo> handlers = new TreeMap<>(Comparator.naturalOrder());
    private volatile TableReplica replica;
    private volatile HandlerRun run;
    private Boolean wasInSync;
    private long repairedTold;
    private boolean futileTold;

    /** Makes replicas for tables as they appear. */
    interface Replicas {
        TableReplica create(TableSpec spec, TableEvents events);
    }

    BackedUpTable(String type, Member member, Replicas replicas, Threads threads, ReportedChanges.Timing timing) {
        this.type = type;
        this.member = member;
        this.replicas = replicas;
        this.threads = threads;
        this.timing = timing;
        this.lane = threads.lane();
        this.confirmations = new Confirmations(type, threads.lane());
    }

    void add(ServiceReference<TableHandler> reference, HandlerInfo info) {
        synchronized (handlers) {
            handlers.put(reference, info);
        }
        lane.execute(this::chooseHandler);
    }

    void remove(ServiceReference<TableHandler> reference) {
        HandlerInfo gone;
        synchronized (handlers) {
            gone = handlers.remove(reference);
        }
        HandlerRun working = run;
        if (working != null && working.info() == gone) {
            // At once, not behind what the handler may be doing: its bundle is going away.
            working.end();
        }
        lane.execute(this::chooseHandler);
    }

    private void chooseHandler() {
        HandlerInfo best;
        synchronized (handlers) {
            best = handlers.isEmpty() ? null : handlers.lastEntry().getValue();
        }
        HandlerRun working = run;
        if (working != null && working.info() == best) {
            return;
        }
        if (working != null) {
            run = null;
            working.end();
            replica.handlerGone();
            LOG.log(System.Logger.Level.INFO, "Table ''{0}'': handler {1} is gone.", type, working.info());
        }
        if (best != null) {
            start(best);
        }
    }

    private void start(HandlerInfo info) {
        try {
            TableSpec spec = new TableSpec(type, info.schema(), info.handler().layout(), info.sensitive(), info.urgent());
            boolean first = replica == null;
            if (first) {
                replica = replicas.create(spec, this);
            }
            HandlerRun next = new HandlerRun(info, replica, threads, timing, cost);
            run = next;
            next.watch();
            if (first) {
                member.add(replica);
            } else {
                replica.handlerHere(spec);
            }
            LOG.log(System.Logger.Level.INFO, "Table ''{0}'': backed up by {1}, schema {2}.", type, info, info.schema());
        } catch (RuntimeException | LinkageError e) {
            run = null;
            LOG.log(System.Logger.Level.ERROR,
                    "Table ''{0}'': handler {1} could not be started: {2}. The table is not backed up; the other tables "
                    + "go on. Replace the handler.", type, info, e);
        }
    }

    /** Says once when the table comes into sync or falls out of it. */
    void tell(boolean inSync, String peer, long entries, String detail) {
        if (wasInSync != null && wasInSync == inSync || wasInSync == null && !inSync) {
            return;
        }
        wasInSync = inSync;
        if (inSync) {
            LOG.log(System.Logger.Level.INFO, "Table ''{0}'': in sync with {1}, {2} entries.", type, peer, Long.toString(entries));
        } else {
            LOG.log(System.Logger.Level.WARNING, "Table ''{0}'': out of sync with {1}: {2}.", type, peer, detail);
        }
    }

    /** Says what was repaired behind the engine's back, and once when something cannot be. */
    void tellDrift(String peer) {
        ComparisonState state = replica == null ? null : replica.comparison().state();
        if (state == null) {
            return;
        }
        if (state.repaired() > repairedTold) {
            LOG.log(System.Logger.Level.WARNING, "Table ''{0}'': {1} entries differed from those of {2} although every change was "
                    + "confirmed; they are equal again.", type, Long.toString(state.repaired() - repairedTold), peer);
        }
        repairedTold = state.repaired();
        if (state.futile() > 0 && !futileTold) {
            LOG.log(System.Logger.Level.WARNING, "Table ''{0}'': {1} entries differ from those of {2} and cannot be made equal. The "
                    + "standby may refuse them: see refused in its status. Everything else goes on.", type, Long.toString(state.futile()),
                    peer);
        }
        futileTold = state.futile() > 0;
    }

    void checkDeadline(long now, long deadlineMillis) {
        HandlerRun working = run;
        if (working != null) {
            working.checkDeadline(now, deadlineMillis);
        }
    }

    void end() {
        synchronized (handlers) {
            handlers.clear();
        }
        HandlerRun working = run;
        if (working != null) {
            working.end();
        }
    }

    /** Entries of the present handler that were refused because they are over a limit. */
    long refused() {
        HandlerRun working = run;
        return working == null ? 0 : working.refused();
    }

    /** What the present handler says of its table. */
    HandlerFigures.Figures figures() {
        HandlerRun working = run;
        return working == null ? HandlerFigures.Figures.UNKNOWN : working.figures();
    }

    TableCost cost() {
        return cost;
    }

    String type() {
        return type;
    }

    /** The replica, or null while no handler ever worked. */
    TableReplica replica() {
        return replica;
    }

    /** The handler at work, or null. */
    HandlerInfo handler() {
        HandlerRun working = run;
        return working == null ? null : working.info();
    }

    @Override
    public void wake() {
        member.wake();
    }

    @Override
    public void workArrived() {
        HandlerRun working = run;
        if (working != null) {
            working.workArrived();
        }
    }

    @Override
    public void answered(Object who, Answered how) {
        confirmations.tell((ConfirmationListener) who, how);
    }

    @Override
    public void snapshotWanted(long id) {
        HandlerRun working = run;
        if (working != null) {
            working.snapshotWanted(id);
        }
    }

    @Override
    public void walkWanted(TableWalk walk) {
        HandlerRun working = run;
        if (working != null) {
            working.walkWanted(walk);
        }
    }

    @Override
    public void snapshotRoom() {
        HandlerRun working = run;
        if (working != null) {
            working.roomAgain();
        }
    }
}
