/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;
import twinwall.firewall.EntryVisitor;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.TableWatcher;
import twinwall.firewall.embedded.Blacklist;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Timer;
import twinwall.firewall.embedded.session.TimerWheel;
import twinwall.firewall.embedded.table.VisitInParts;
import twinwall.firewall.embedded.table.Watchers;

/**
 * The blacklist. Unlike sessions its entries go on ageing on a standby: how long an entry holds is a promise, not a guess about traffic.
 * A standby stops applying what is over but leaves the removal to the active firewall.
 */
public final class BlacklistTable implements Blacklist, FirewallTable<BlacklistEntry> {

    private static final int MOST_ENTRIES_AT_ONCE = 256;
    private static final int MOST_PER_TICK = 4096;
    private static final int WEEK_SECONDS = 7 * 24 * 3600;
    private static final long TICK_MICROS = 100_000;
    private static final long STANDBY_RETRY_TICKS = 10;

    private final Lock lock;
    private final FirewallTime time;
    private final int most;
    private final Watchers<BlacklistEntry> watchers;
    private final BlacklistIndex index = new BlacklistIndex();
    private final TimerWheel wheel = new TimerWheel(this::due);
    private long ticked;
    private boolean timeKnown;
    private boolean overdue;

    public BlacklistTable(Lock lock, FirewallTime time, int most) {
        this.lock = lock;
        this.time = time;
        this.most = most;
        this.watchers = new Watchers<>("blacklist", lock);
    }

    /** Whether the packet is to be dropped. Called under the lock, as {@link #age} is. */
    public boolean blocks(Packet packet) {
        return index.size() > 0 && (blocks(Direction.SOURCE, packet.sourceHigh, packet.sourceLow, packet)
                || blocks(Direction.DESTINATION, packet.destinationHigh, packet.destinationLow, packet));
    }

    private boolean blocks(Direction direction, long high, long low, Packet packet) {
        for (BlacklistItem item = index.first(direction, high, low); item != null; item = item.next) {
            if (item.low == low && item.high == high && item.direction == direction && item.v6 == packet.v6
                    && (item.protocol == 0 || item.protocol == packet.protocol)
                    && (item.port == 0 || !packet.laterFragment() && item.port == packet.destinationPort())
                    && !item.over(time.now())) {
                return true;
            }
        }
        return false;
    }

    /** Lets the time that has passed take effect. */
    public void age() {
        long now = time.now();
        if (!timeKnown) {
            timeKnown = true;
            ticked = now;
            index.each(item -> item.timeBegins(now));
        }
        long ticks = (now - ticked) / TICK_MICROS;
        if (ticks > 0 || overdue) {
            ticked += ticks * TICK_MICROS;
            wheel.pass(ticks);
            overdue = wheel.fire(MOST_PER_TICK);
        }
    }

    private void due(Timer timer) {
        BlacklistItem item = (BlacklistItem) timer;
        if (!item.over(time.now())) {
            schedule(item);
        } else if (time.forwarding()) {
            takeOut(item);
        } else {
            wheel.schedule(item, STANDBY_RETRY_TICKS);
        }
    }

    private void schedule(BlacklistItem item) {
        if (item.deadline == BlacklistItem.FOREVER) {
            wheel.cancel(item);
        } else {
            wheel.schedule(item, (item.leftMicros(time.now()) + TICK_MICROS - 1) / TICK_MICROS);
        }
    }

    private void takeOut(BlacklistItem item) {
        index.remove(item);
        wheel.cancel(item);
        if (!watchers.none()) {
            watchers.removed(item.entry(time.now()));
        }
    }

    @Override
    public void add(Direction direction, InetAddress address, int protocol, int port, Origin origin, String reason,
            OptionalInt timeoutSeconds) {
        int seconds = timeoutSeconds.orElse(1);
        if (protocol < 0 || protocol > 255 || port < 0 || port > 65535 || seconds < 1 || seconds > WEEK_SECONDS * 520) {
            throw new IllegalArgumentException("blacklist: protocol must be 0 to 255, port 0 to 65535, timeout 1 s to 10 years");
        }
        lock.lock();
        try {
            BlacklistItem item = put(new BlacklistItem(direction, address, protocol, port));
            Optional<Integer> timeout = timeoutSeconds.isPresent() ? Optional.of(seconds) : Optional.empty();
            item.holds(origin, reason, timeout, seconds, time.now(), timeKnown);
            schedule(item);
            if (!watchers.none()) {
                watchers.changed(item.entry(time.now()));
            }
        } finally {
            lock.unlock();
        }
    }

    private BlacklistItem put(BlacklistItem key) {
        BlacklistItem there = index.find(key);
        if (there != null) {
            return there;
        }
        if (index.size() >= most) {
            throw new IllegalStateException("the blacklist is full: " + most + " entries");
        }
        index.add(key);
        return key;
    }

    @Override
    public boolean remove(Direction direction, InetAddress address, int protocol, int port) {
        lock.lock();
        try {
            BlacklistItem item = index.find(new BlacklistItem(direction, address, protocol, port));
            if (item != null) {
                takeOut(item);
            }
            return item != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public AutoCloseable watch(TableWatcher<? super BlacklistEntry> watcher) {
        return watchers.add(watcher);
    }

    @Override
    public void visit(EntryVisitor<? super BlacklistEntry> visitor) throws IOException {
        VisitInParts<BlacklistEntry> parts = this::copy;
        parts.visit(visitor);
    }

    private int copy(int from, List<BlacklistEntry> into) {
        lock.lock();
        try {
            int end = Math.min(index.places(), from + MOST_ENTRIES_AT_ONCE);
            for (int place = from; place < end; place++) {
                BlacklistItem item = index.at(place);
                if (item != null) {
                    into.add(item.entry(time.now()));
                }
            }
            return end < index.places() ? end : -1;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void restore(BlacklistEntry entry) {
        if (entry.vsys() != 0) {
            throw new IllegalArgumentException("virtual system " + entry.vsys() + ": this firewall has only 0");
        }
        lock.lock();
        try {
            BlacklistItem item = put(new BlacklistItem(entry.direction(), entry.address(), entry.protocol(), entry.port()));
            item.holds(entry.origin(), entry.reason(), entry.timeoutSeconds(), entry.remainingSeconds(), time.now(), timeKnown);
            schedule(item);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void forget(BlacklistEntry key) {
        lock.lock();
        try {
            BlacklistItem item = index.find(new BlacklistItem(key.direction(), key.address(), key.protocol(), key.port()));
            if (item != null) {
                index.remove(item);
                wheel.cancel(item);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return index.size();
        } finally {
            lock.unlock();
        }
    }
}
