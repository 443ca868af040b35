/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.sip;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.osgi.service.component.annotations.Component;
import twinwall.firewall.EntryVisitor;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.TableWatcher;

/** The registrations of this firewall. A registration whose time is over is not found any more. */
@Component(service = {FirewallTable.class, RegistrationTable.class}, property = FirewallTable.TABLE + "=sip-registration")
public final class RegistrationTable implements FirewallTable<Registration> {

    private record Held(Registration registration, long endsAtNanos) {

        static Held now(Registration registration) {
            return new Held(registration, System.nanoTime() + TimeUnit.SECONDS.toNanos(registration.remainingSeconds()));
        }

        boolean isOver() {
            return System.nanoTime() - endsAtNanos >= 0;
        }

        /** With the time that remains now. */
        Registration current() {
            long seconds = Math.max(0, TimeUnit.NANOSECONDS.toSeconds(endsAtNanos - System.nanoTime()));
            return registration.withRemaining((int) seconds);
        }
    }

    private static final int MOST = 100_000;

    private final Map<String, Held> byUser = new HashMap<>();
    private final List<TableWatcher<? super Registration>> watchers = new CopyOnWriteArrayList<>();

    /**
     * A phone registers: watchers hear of it.
     *
     * @return false when a later request of the same phone was there before
     * @throws IllegalStateException when the table is full
     */
    public synchronized boolean register(Registration registration) {
        Optional<Registration> before = find(registration.user());
        if (before.isPresent() && before.get().callId().equals(registration.callId())
                && before.get().sequence() > registration.sequence()) {
            return false;
        }
        checkRoom(registration);
        byUser.put(registration.user(), Held.now(registration));
        watchers.forEach(watcher -> watcher.changed(registration));
        return true;
    }

    /** A phone is gone: watchers hear of it. */
    public synchronized void unregister(String user) {
        Held last = byUser.remove(user);
        if (last != null) {
            watchers.forEach(watcher -> watcher.removed(last.current()));
        }
    }

    /** Takes out what is over: watchers hear of it. */
    public synchronized void expire() {
        byUser.values().stream().filter(Held::isOver).toList().forEach(held -> unregister(held.registration().user()));
    }

    /** Where the user is reached now. */
    public synchronized Optional<Registration> find(String user) {
        return Optional.ofNullable(byUser.get(user)).filter(held -> !held.isOver()).map(Held::current);
    }

    /** From the peer: watchers do not hear of it. */
    @Override
    public synchronized void restore(Registration registration) {
        checkRoom(registration);
        byUser.put(registration.user(), Held.now(registration));
    }

    /** From the peer: watchers do not hear of it. */
    @Override
    public synchronized void forget(Registration registration) {
        byUser.remove(registration.user());
    }

    @Override
    public AutoCloseable watch(TableWatcher<? super Registration> watcher) {
        watchers.add(watcher);
        return () -> stop(watcher);
    }

    /** Waits for a report under way: after it nothing is reported any more. */
    private synchronized void stop(TableWatcher<? super Registration> watcher) {
        watchers.remove(watcher);
    }

    /** Visits a copy: the visitor may block for as long as the peer is slow. */
    @Override
    public void visit(EntryVisitor<? super Registration> visitor) throws IOException {
        List<Registration> copy;
        synchronized (this) {
            copy = byUser.values().stream().map(Held::current).toList();
        }
        for (Registration registration : copy) {
            visitor.visit(registration);
        }
    }

    @Override
    public synchronized int size() {
        return byUser.size();
    }

    private void checkRoom(Registration registration) {
        if (byUser.size() >= MOST && !byUser.containsKey(registration.user())) {
            throw new IllegalStateException("There are " + MOST + " registrations, no more are taken");
        }
    }
}
