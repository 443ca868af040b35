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
import twinwall.protocol.HandlerOrigin;
import twinwall.protocol.Keeper;
import twinwall.protocol.KeptSpace;
import twinwall.protocol.Member;
import twinwall.protocol.TableEvents;
import twinwall.protocol.TableReplica;
import twinwall.protocol.TableSpec;
import twinwall.protocol.TableWalk;
import twinwall.protocol.Work;
import twinwall.spi.ConfirmationListener;
import twinwall.spi.TableHandler;

/**
 * One table type with all handlers that claim it. The one with the highest ranking works; when it goes, the next takes its place. The
 * replica outlives handlers, so that an update of a handler keeps what is known of the entries.
 */
final class BackedUpTable implements TableEvents {

    private static final System.Logger LOG = System.getLogger("twinwall.engine");
    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final String type;
    private final Member member;
    private final Replicas replicas;
    private final Threads threads;
    private final ReportedChanges.Timing timing;
    private final Executor lane;
    private final Confirmations confirmations;
    private final TableCost cost = new TableCost();
    private final Keeping keeping;
    private final NavigableMap<ServiceReference<TableHandler>, HandlerInfo> handlers = new TreeMap<>(Comparator.naturalOrder());
    private volatile TableReplica replica;
    private volatile HandlerRun run;
    private Boolean wasInSync;
    private long repairedTold;
    private boolean futileTold;
    private long deliveryPauseMillis = FIRST_PAUSE_MILLIS;
    private long wentOnTold;

    /** Makes replicas for tables as they appear. */
    interface Replicas {
        TableReplica create(TableSpec spec, TableEvents events);
    }

    BackedUpTable(String type, Member member, Replicas replicas, Threads threads, ReportedChanges.Timing timing, KeptSpace space) {
        this.type = type;
        this.member = member;
        this.replicas = replicas;
        this.threads = threads;
        this.timing = timing;
        this.keeping = new Keeping(type, member, space);
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
        HandlerInfo best = best();
        HandlerRun working = run;
        if (working != null && (working.info() == best || best == null && working.info().keeps())) {
            return;
        }
        if (working != null && keeping.keeper() != null) {
            deliver(working, best);
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

    private HandlerInfo best() {
        synchronized (handlers) {
            return handlers.isEmpty() ? null : handlers.lastEntry().getValue();
        }
    }

    /** Gives what is kept to a handler, or goes on keeping it when that is null. */
    private void deliver(HandlerRun working, HandlerInfo best) {
        working.end();
        if (best == null) {
            keepOn();
            return;
        }
        // A handler that hangs in the delivery before does not hold up this one.
        Runnable then = () -> lane.execute(() -> startDelivery(working, best));
        if (working.info().keeps()) {
            working.whenIdle(then);
        } else {
            then.run();
        }
    }

    private void startDelivery(HandlerRun before, HandlerInfo info) {
        Keeper keeper = keeping.keeper();
        if (run != before || keeper == null || best() != info) {
            chooseHandler();
            return;
        }
        try {
            HandlerRun next = new HandlerRun(info, replica, threads, timing, cost);
            run = next;
            next.watch();
            next.deliver(keeper, spec(info), () -> member.role().forwards(), failure -> lane.execute(() -> delivered(next, failure)));
        } catch (RuntimeException | LinkageError e) {
            delivered(run, e);
        }
    }

    private void delivered(HandlerRun to, Throwable failure) {
        if (failure == null) {
            keeping.ends();
            deliveryPauseMillis = FIRST_PAUSE_MILLIS;
            if (run == to) {
                to.workArrived();
            }
        } else if (run == to) {
            LOG.log(System.Logger.Level.WARNING, "Table ''{0}'': handler {1} failed to take the entries that are kept for it: {2}. They "
                    + "are still kept; the other tables go on. Retrying in {3} ms.", type, to.info(), failure,
                    Long.toString(deliveryPauseMillis));
            to.end();
            keepOn();
            threads.after(deliveryPauseMillis, () -> lane.execute(this::chooseHandler));
            deliveryPauseMillis = Math.min(LONGEST_PAUSE_MILLIS, deliveryPauseMillis * 2);
        }
    }

    /** The keeper works again, with all that it has. */
    private void keepOn() {
        HandlerRun next = new HandlerRun(HandlerInfo.of(keeping.keeper()), replica, threads, timing, cost);
        run = next;
        replica.deliveryEnds();
        replica.retryRestoring();
        next.goOn(keeping.keeper().spec());
    }

    private void keep() {
        Keeper keeper = run == null && best() == null ? keeping.begin(replica) : null;
        if (keeper != null) {
            keepWith(keeper);
            LOG.log(System.Logger.Level.INFO, "Table ''{0}'': no handler is here. The entries of the peer are kept until there is one.",
                    type);
        }
    }

    private void keepWith(Keeper keeper) {
        boolean first = replica == null;
        if (first) {
            replica = replicas.create(keeper.spec(), this);
        }
        run = new HandlerRun(HandlerInfo.of(keeper), replica, threads, timing, cost);
        if (first) {
            member.add(replica);
        } else {
            keeper.begin(replica);
        }
        run.workArrived();
    }

    /** What is kept cannot follow any more, and the peer has it all. */
    private void keepAnew(HandlerRun working) {
        if (run == working && working.info().keeps()) {
            working.end();
            working.whenIdle(() -> lane.execute(() -> {
                if (run == working) {
                    Keeper next = keeping.anew(replica);
                    run = null;
                    if (next != null && best() == null) {
                        keepWith(next);
                    } else {
                        // A handler has come just now: it gets the peer's table, not what a keeper has that never began.
                        keeping.ends();
                        chooseHandler();
                    }
                }
            }));
        }
    }

    /** The peer offers the table, which was never here. */
    void offered(Work.Open layout, boolean confidential) {
        keeping.offered(layout, confidential);
    }

    /** Time passes: looks whether something is to be kept, or can be kept again. */
    void tick(long now) {
        HandlerRun working = run;
        if (keeping.due(replica, working != null, now)) {
            lane.execute(this::keep);
        }
        Keeper keeper = keeping.keeper();
        if (keeper != null && working != null && working.info().keeps()) {
            if (keeper.over(replica)) {
                lane.execute(() -> keepAnew(working));
            } else {
                keeper.retry(replica, now);
            }
        }
    }

    private void start(HandlerInfo info) {
        try {
            TableSpec spec = spec(info);
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

    private TableSpec spec(HandlerInfo info) {
        return new TableSpec(type, info.schema(), info.handler().layout(), info.sensitive(), info.urgent(), false,
                new HandlerOrigin(info.bundle(), info.version(), info.since().toEpochMilli()), info.needs());
    }

    /** Adds to the news when the table has come into sync or fallen out of it; {@code detail} is empty when it is in sync. */
    void tell(SyncNews news, long entries, String detail) {
        boolean inSync = detail.isEmpty();
        if (wasInSync == null ? inSync : wasInSync != inSync) {
            wasInSync = inSync;
            news.add(type, entries, detail);
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

    /** Says when the table goes on without one that it needs, because that does not come on. */
    void tellImpatience() {
        long times = replica == null ? wentOnTold : replica.wentOnWithoutNeeded();
        if (times > wentOnTold) {
            LOG.log(System.Logger.Level.WARNING, "Table ''{0}'': its entries need {1}, and it has waited for one of these in vain. It goes "
                    + "on without until that has caught up: look which of them is out of sync or behind.", type, replica.spec().needs());
        }
        wentOnTold = times;
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

    /** The handler at work, or null; what is kept in place of one is none. */
    HandlerInfo handler() {
        HandlerRun working = run;
        return working == null || working.info().keeps() ? null : working.info();
    }

    /** What is kept while no handler is here. */
    Keeping keeping() {
        return keeping;
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
