/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.table;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

import twinwall.firewall.EntryVisitor;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.TableWatcher;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.FlowTable;

/**
 * A table whose entries are flows: the IPv4 sessions, the IPv6 sessions, the NAPT mappings.
 *
 * @param <E> the entry
 */
public final class FlowEntries<E extends Record> implements FirewallTable<E> {

    /** Packets wait for no more than this many entries to be copied. */
    private static final int MOST_ENTRIES_AT_ONCE = 256;
    private static final int MOST_PLACES_AT_ONCE = 4096;

    private final Lock lock;
    private final FlowTable flows;
    private final Watchers<E> watchers;
    private final Predicate<Flow> shown;
    private final Function<Flow, E> entry;
    private final Consumer<E> restore;
    private final Consumer<E> forget;
    private final IntSupplier size;

    /** Shows the flows that {@code shown} picks, as {@code entry} makes them. All functions are called under the lock. */
    public FlowEntries(Lock lock, FlowTable flows, Watchers<E> watchers, Predicate<Flow> shown, Function<Flow, E> entry,
            Consumer<E> restore, Consumer<E> forget, IntSupplier size) {
        this.lock = lock;
        this.flows = flows;
        this.watchers = watchers;
        this.shown = shown;
        this.entry = entry;
        this.restore = restore;
        this.forget = forget;
        this.size = size;
    }

    @Override
    public AutoCloseable watch(TableWatcher<? super E> watcher) {
        return watchers.add(watcher);
    }

    @Override
    public void visit(EntryVisitor<? super E> visitor) throws IOException {
        VisitInParts<E> parts = this::copy;
        parts.visit(visitor);
    }

    private int copy(int from, List<E> into) {
        lock.lock();
        try {
            int end = Math.min(flows.places(), from + MOST_PLACES_AT_ONCE);
            int place = from;
            while (place < end && into.size() < MOST_ENTRIES_AT_ONCE) {
                Flow flow = flows.at(place++);
                if (flow != null && shown.test(flow)) {
                    into.add(entry.apply(flow));
                }
            }
            return place < flows.places() ? place : -1;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void restore(E one) {
        under(restore, one);
    }

    @Override
    public void forget(E key) {
        under(forget, key);
    }

    private void under(Consumer<E> change, E one) {
        lock.lock();
        try {
            change.accept(one);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return size.getAsInt();
        } finally {
            lock.unlock();
        }
    }
}
