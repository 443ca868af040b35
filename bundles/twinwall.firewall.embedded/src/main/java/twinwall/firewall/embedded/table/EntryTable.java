/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.EntryVisitor;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PeerAnswer;
import twinwall.firewall.TableWatcher;
import twinwall.firewall.embedded.session.Contest;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Sessions;
import twinwall.firewall.embedded.session.SharedUse;
import twinwall.firewall.embedded.session.Timer;
import twinwall.firewall.embedded.session.TimerWheel;

/**
 * A service table of records: found by key on the packet path, timed, reported to watchers, visited in parts, restored from the peer. What
 * the packet path finds other than by key, a subclass keeps in an index of its own, told by {@link #entered} and {@link #leaving}.
 * <p>
 * Methods of {@link FirewallTable} may be called from any thread; all others under the firewall's lock only.
 *
 * @param <K> what identifies an entry
 * @param <E> the entry
 */
public class EntryTable<K, E extends Record> implements FirewallTable<E> {

    private static final int MOST_ENTRIES_AT_ONCE = 256;
    private static final int MOST_PER_TICK = 4096;
    private static final long SECOND = 1_000_000;
    private static final long TICK_MICROS = 100_000;
    private static final long STANDBY_RETRY_TICKS = 10;

    /** What the time of an entry means. */
    public enum Ageing {

        /** It holds for a time that was promised: the time passes on a standby too. A standby leaves the removal to the active firewall. */
        PROMISED,

        /** It ends when it is not used for a time: a standby, which sees no use, lets no time pass, and at a takeover it begins anew. */
        IDLE
    }

    private final Lock lock;
    private final FirewallTime time;
    private final int most;
    private final Ageing ageing;
    private final EntryForm<K, E> form;
    private final Watchers<E> watchers;
    private final Map<K, Slot<E>> slots = new HashMap<>();
    private final List<Slot<E>> places = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
    private final TimerWheel wheel = new TimerWheel(this::due);
    private long ticked;
    private boolean timeKnown;
    private boolean overdue;
    /** What was taken from the peer in place of an own entry and is to be told; not at once, when it would be no news. */
    private final List<Slot<E>> taken = new ArrayList<>();
    /** What was refused because an own entry stays. */
    private final List<E> lost = new ArrayList<>();
    private boolean contested;

    /**
     * An empty table.
     *
     * @param type as in the service property {@link FirewallTable#TABLE}
     * @param most entries it may hold
     */
    public EntryTable(String type, Lock lock, FirewallTime time, int most, Ageing ageing, EntryForm<K, E> form) {
        this.lock = lock;
        this.time = time;
        this.most = most;
        this.ageing = ageing;
        this.form = form;
        this.watchers = new Watchers<>(type, lock);
    }

    /** An entry has come in, its own or the peer's, or has taken the place of one that {@link #leaving}. Default: nothing. */
    protected void entered(Slot<E> slot) {
    }

    /** An entry is gone or is about to be replaced. Default: nothing. */
    protected void leaving(Slot<E> slot) {
    }

    /** An entry is about to be replaced by one with the same key, which then {@link #entered}. Default: it is {@link #leaving}. */
    protected void replacing(Slot<E> slot, E by) {
        leaving(slot);
    }

    /** Whether something uses the entry, so that its time does not pass; {@link #touch} it when that ends. Default: no. */
    protected boolean inUse(Slot<E> slot) {
        return false;
    }

    /**
     * Whether entries end by age only: then, while two firewalls share the work, the peer's removal of one that was used here since does
     * not count, and the next use tells the peer of it again. Default: no, somebody may have taken it out.
     */
    protected boolean endsByAgeOnly() {
        return false;
    }

    /**
     * Looks at an entry of the peer before it is put in.
     *
     * @throws twinwall.firewall.EntryRefusedException when it contradicts this firewall's configuration
     */
    protected void check(E entry) {
    }

    /**
     * What is put in for an entry of the peer. Where it differs from what the peer says, because something of this firewall's own stays,
     * it counts as this firewall's own, and the peer is told soon. Default: the entry.
     *
     * @throws twinwall.firewall.EntryRefusedException when nothing is; the peer is told of that soon, see {@link Contest#lost}
     */
    protected E settled(E entry) {
        return entry;
    }

    /** Who is told whether the peer has the entries that this firewall makes. Said once, before the first packet. */
    public final void answers(Supplier<PeerAnswer> asking) {
        watchers.answers(asking);
    }

    /** What the time of its entries means. */
    protected final Ageing ageing() {
        return ageing;
    }

    /** The firewall's time. */
    protected final FirewallTime time() {
        return time;
    }

    /** The lock that guards the table. */
    protected final Lock lock() {
        return lock;
    }

    /** The entry with that key, or {@code null}. One whose time is over is not found. */
    public final Slot<E> find(K key) {
        Slot<E> slot = slots.get(key);
        return slot == null || over(slot) ? null : slot;
    }

    /** Whether another entry fits in. */
    public final boolean hasRoom() {
        return slots.size() < most;
    }

    /**
     * The firewall's own doing: puts an entry in, or replaces the one with the same key, and tells the watchers. Its time begins now.
     *
     * @throws IllegalStateException when the table is full
     */
    public final Slot<E> put(E entry) {
        Slot<E> slot = place(entry, most);
        slot.stretch = time.stretch();
        slot.used = time.now();
        tell(slot);
        return slot;
    }

    /** Takes an entry out and tells the watchers; nothing happens when it is gone already. */
    public final void remove(Slot<E> slot) {
        if (slot.present()) {
            E last = current(slot);
            takeOut(slot);
            if (!watchers.none()) {
                watchers.removed(last);
            }
        }
    }

    /** Whether this firewall itself has put it in since it began to forward: the peer did not know of it, or knows it from here. */
    protected final boolean isOwn(Slot<E> slot) {
        return time.forwarding() && slot.stretch == time.stretch();
    }

    /**
     * Takes an entry out that is in the way of one of the peer's. The peer is told when it was this firewall's own, and soon also of its
     * own entry again, which it may have given up already for the sake of this one.
     */
    protected final void giveUp(Slot<E> slot) {
        if (isOwn(slot)) {
            remove(slot);
            contested = true;
        } else if (slot.present()) {
            takeOut(slot);
        }
    }

    /** What the peer's entry that is being looked at stands for was contested, and this firewall has given it up. */
    protected final void contested() {
        contested = true;
    }

    /** Replaces each entry by what {@code by} makes of it, with the same key; of those that it changes the watchers are told. */
    protected final void amend(UnaryOperator<E> by) {
        for (Slot<E> slot : slots.values()) {
            E amended = by.apply(slot.entry);
            if (amended != slot.entry) {
                slot.entry = amended;
                tell(slot);
            }
        }
    }

    private void tell(Slot<E> slot) {
        slot.told = time.now();
        if (!watchers.none()) {
            watchers.changed(current(slot));
        }
    }

    /** The entry was used: its time begins anew. Watchers are told only so that the peer knows, see {@link SharedUse}. */
    public final void touch(Slot<E> slot) {
        slot.since = time.now();
        slot.used = slot.since;
        if (time.sharing()) {
            tellOfUse(slot);
        }
    }

    /** The entry's last use has ended, this firewall's or the peer's: its time begins anew. Watchers are not told. */
    public final void rest(Slot<E> slot) {
        slot.since = time.now();
    }

    private boolean usedHereLast(Slot<E> slot) {
        return slot.used > slot.heard && (inUse(slot) || time.now() - slot.used < slot.span);
    }

    private void tellOfUse(Slot<E> slot) {
        if (ageing == Ageing.IDLE && slot.span != Slot.FOREVER && SharedUse.tellDue(time.now(), slot.told, slot.span)) {
            tell(slot);
        }
    }

    /** The entry with the time it has left now. */
    public final E current(Slot<E> slot) {
        return slot.span == Slot.FOREVER ? slot.entry : form.withRemaining(slot.entry, remaining(slot));
    }

    /** Lets the time that has passed take effect. Called for every packet and tick. */
    public final void age() {
        long now = time.now();
        if (!taken.isEmpty() || !lost.isEmpty()) {
            tellTaken();
        }
        if (!timeKnown && time.started()) {
            timeKnown = true;
            ticked = now;
            slots.values().forEach(slot -> slot.since += now);
        }
        long ticks = (now - ticked) / TICK_MICROS;
        if (ticks > 0 || overdue) {
            ticked += ticks * TICK_MICROS;
            wheel.pass(ticks);
            overdue = wheel.fire(MOST_PER_TICK);
        }
    }

    private void tellTaken() {
        for (Slot<E> slot : taken) {
            if (slot.present() && !watchers.none()) {
                watchers.changed(current(slot));
            }
        }
        taken.clear();
        for (E entry : lost) {
            Slot<E> instead = slots.get(form.key(entry));
            if (instead != null) {
                tell(instead);
            } else if (!watchers.none()) {
                watchers.removed(entry);
            }
        }
        lost.clear();
    }

    @SuppressWarnings("unchecked")
    private void due(Timer timer) {
        Slot<E> slot = (Slot<E>) timer;
        if (!time.forwarding()) {
            wheel.schedule(slot, STANDBY_RETRY_TICKS);
        } else if (over(slot)) {
            remove(slot);
        } else {
            // What uses it here may be of a kind that the peer is not told of, and what the peer uses it would tell of itself.
            if (time.sharing() && slot.heard < slot.told && inUse(slot)) {
                tellOfUse(slot);
            }
            schedule(slot);
        }
    }

    /** Whether its time is over: it is not to be used, though it may still be there. */
    protected final boolean over(Slot<E> slot) {
        return slot.span != Slot.FOREVER && leftMicros(slot, time.now()) <= 0 && !inUse(slot);
    }

    private long leftMicros(Slot<E> slot, long now) {
        if (ageing == Ageing.PROMISED) {
            return slot.span - ((timeKnown ? now : 0) - slot.since);
        }
        if (!time.forwarding() || !timeKnown) {
            return slot.span;
        }
        long left = slot.span - (now - Math.max(slot.since, time.activated()));
        return time.sharing() ? Math.max(left, SharedUse.left(now, slot.heard, slot.span)) : left;
    }

    private int remaining(Slot<E> slot) {
        long left = inUse(slot) ? slot.span : Math.min(slot.span, leftMicros(slot, time.now()));
        return (int) (Math.max(0, left + SECOND - 1) / SECOND);
    }

    private void schedule(Slot<E> slot) {
        if (slot.span == Slot.FOREVER) {
            wheel.cancel(slot);
        } else {
            long left = !inUse(slot) ? leftMicros(slot, time.now()) : time.sharing() ? slot.span / 2 : slot.span;
            wheel.schedule(slot, (left + TICK_MICROS - 1) / TICK_MICROS);
        }
    }

    private Slot<E> place(E entry, long limit) {
        K key = form.key(entry);
        Slot<E> slot = slots.get(key);
        if (slot == null) {
            if (slots.size() >= limit) {
                throw new IllegalStateException("the table is full: " + limit + " entries");
            }
            slot = new Slot<>(entry);
            slots.put(key, slot);
            if (free.isEmpty()) {
                slot.place = places.size();
                places.add(slot);
            } else {
                slot.place = free.remove(free.size() - 1);
                places.set(slot.place, slot);
            }
        } else {
            replacing(slot, entry);
            slot.entry = entry;
        }
        int seconds = form.remainingSeconds(entry);
        slot.span = seconds == EntryForm.FOREVER ? Slot.FOREVER : seconds * SECOND;
        slot.since = timeKnown ? time.now() : 0;
        entered(slot);
        schedule(slot);
        return slot;
    }

    private void takeOut(Slot<E> slot) {
        leaving(slot);
        slots.remove(form.key(slot.entry));
        wheel.cancel(slot);
        places.set(slot.place, null);
        free.add(slot.place);
        slot.place = -1;
    }

    @Override
    public final AutoCloseable watch(TableWatcher<? super E> watcher) {
        return watchers.add(watcher);
    }

    @Override
    public final void visit(EntryVisitor<? super E> visitor) throws IOException {
        VisitInParts<E> parts = this::copy;
        parts.visit(visitor);
    }

    /** Shows every entry, as {@link #visit} does. May be called from any thread. */
    public final void each(Consumer<? super E> visitor) {
        try {
            visit(visitor::accept);
        } catch (IOException e) {
            throw new IllegalStateException("the visitor throws no such exception", e);
        }
    }

    private int copy(int from, List<E> into) {
        lock.lock();
        try {
            int end = Math.min(places.size(), from + MOST_ENTRIES_AT_ONCE);
            for (int place = from; place < end; place++) {
                Slot<E> slot = places.get(place);
                if (slot != null) {
                    into.add(current(slot));
                }
            }
            return end < places.size() ? end : -1;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final void restore(E entry) {
        lock.lock();
        try {
            contested = false;
            check(entry);
            E settled = settled(entry);
            Slot<E> slot = place(settled, (long) most * Sessions.PEER_SHARE);
            slot.stretch = settled == entry ? Slot.PEER : time.stretch();
            slot.heard = time.now();
            if (contested || settled != entry) {
                taken.add(slot);
            }
        } catch (EntryRefusedException e) {
            if (Contest.isLost(e)) {
                lost.add(entry);
            }
            throw e;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final void forget(E key) {
        lock.lock();
        try {
            Slot<E> slot = slots.get(form.key(key));
            if (slot != null && time.sharing() && endsByAgeOnly() && usedHereLast(slot)) {
                slot.told = 0;
            } else if (slot != null) {
                takeOut(slot);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final int size() {
        lock.lock();
        try {
            return slots.size();
        } finally {
            lock.unlock();
        }
    }
}
