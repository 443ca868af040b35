/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The changes of one table that the peer has not confirmed: state, not a log. An entry that changes again while it waits keeps its
 * place and is sent once, in its latest state.
 * <p>
 * What is sent gets consecutive sequence numbers. What was sent is kept until it is confirmed, so that after a link loss just what
 * did not arrive is sent again.
 */
final class Backlog {

    private final long limitBytes;
    private final TableEvents events;
    private final Map<Pending, Pending> byKey = new HashMap<>();
    private final Deque<Pending> dirty = new ArrayDeque<>();
    private final Deque<Sent> inFlight = new ArrayDeque<>();
    private long inFlightBytes;
    private int dirtyCount;
    private int removals;
    private int asking;
    private long bytes;
    private long sent;
    private long confirmed;
    /** Counts what was sent, less what will be sent again. */
    private long sends;
    private int awaited;
    private LongSupplier numbers = () -> 0;
    /** What was lost with a connection, and all that waited then, was sent when this is {@link #reached}. */
    private long resent;

    private record Sent(Pending pending, int bytes, Asked asked) {
    }

    Backlog(long limitBytes, TableEvents events) {
        this.limitBytes = limitBytes;
        this.events = events;
    }

    /** Where the numbers of changes come from; until then all are 0. */
    void numbers(LongSupplier source) {
        numbers = source;
    }

    /**
     * Notes the latest state of an entry.
     *
     * @return false when there is no room for it: the caller clears the backlog and sends a snapshot instead
     */
    boolean put(Pending probe, byte[] value, byte[] soft, long stamp, long now) {
        Pending pending = byKey.putIfAbsent(probe, probe);
        if (pending == null) {
            pending = probe;
            pending.since = now;
        } else {
            bytes -= pending.bytes();
            pending.onlyQuick = probe.onlyQuick;
        }
        pending.value = value;
        pending.soft = soft;
        pending.stamp = stamp;
        bytes += pending.bytes();
        pending.number = numbers.getAsLong();
        markDirty(pending, false);
        return bytes <= limitBytes;
    }

    Pending find(Pending probe) {
        return byKey.get(probe);
    }

    /**
     * Somebody wants to know when the peer has the state of an entry that waits to be sent.
     *
     * @return false when no such state waits
     */
    boolean ask(Pending probe, Object who) {
        Pending pending = byKey.get(probe);
        if (pending == null || !pending.dirty) {
            return false;
        }
        asked(pending, new Asked(who, null));
        return true;
    }

    private void asked(Pending pending, Asked more) {
        asking += pending.asked == null && more != null ? 1 : 0;
        pending.asked = Asked.join(more, pending.asked);
    }

    private Asked takeAsked(Pending pending) {
        Asked asked = pending.asked;
        asking -= asked == null ? 0 : 1;
        pending.asked = null;
        return asked;
    }

    /** Nobody will say whether the peer has what is asked for. */
    void unanswered(Answered how) {
        List<Sent> sentBefore = List.copyOf(inFlight);
        inFlight.clear();
        for (Sent each : sentBefore) {
            inFlight.add(new Sent(each.pending, each.bytes, null));
            Asked.tell(each.asked, how, events);
        }
        if (asking > 0) {
            byKey.values().forEach(pending -> Asked.tell(takeAsked(pending), how, events));
        }
    }

    /** Whether somebody wants to know when the peer has something that is not sent yet. */
    boolean asked() {
        return asking > 0;
    }

    /** Notes what is not confirmed now: {@link #awaited} tells how much of it is still not, whatever changes afterwards. */
    int mark() {
        for (Pending pending : byKey.keySet()) {
            pending.awaited = pending.dirty ? Pending.NEXT_SENT : pending.seq;
        }
        awaited = byKey.size();
        return awaited;
    }

    int awaited() {
        return awaited;
    }

    private void noLongerAwaited(Pending pending) {
        if (pending.awaited != 0) {
            pending.awaited = 0;
            awaited--;
        }
    }

    /** A newer state from the peer replaces this one: it is not sent (again). */
    void drop(Pending pending) {
        noLongerAwaited(pending);
        byKey.remove(pending);
        bytes -= pending.bytes();
        clean(pending);
        pending.seq = 0;
        Asked.tell(takeAsked(pending), Answered.OVERTAKEN, events);
    }

    /** The next entry to send, with its sequence number in {@link Pending#seq}, or null. */
    Pending send() {
        while (true) {
            Pending pending = dirty.poll();
            if (pending == null || pending.dirty) {
                if (pending != null) {
                    clean(pending);
                    pending.seq = ++sent;
                    sends++;
                    if (pending.awaited == Pending.NEXT_SENT) {
                        pending.awaited = sent;
                    }
                    int size = pending.bytes();
                    inFlight.add(new Sent(pending, size, takeAsked(pending)));
                    inFlightBytes += size;
                }
                return pending;
            }
        }
    }

    /** The entry that {@link #send} would give, or null. */
    Pending peek() {
        while (!dirty.isEmpty() && !dirty.peek().dirty) {
            dirty.poll();
        }
        return dirty.peek();
    }

    /** The peer has applied everything up to this sequence number. */
    void confirm(long seq) {
        while (confirmed < seq && !inFlight.isEmpty()) {
            confirmed++;
            Sent done = inFlight.poll();
            inFlightBytes -= done.bytes;
            Pending pending = done.pending;
            if (pending.awaited == confirmed) {
                noLongerAwaited(pending);
            }
            if (pending.seq == confirmed) {
                pending.seq = 0;
                if (!pending.dirty) {
                    byKey.remove(pending);
                    bytes -= pending.bytes();
                }
            }
            Asked.tell(done.asked, Answered.APPLIED, events);
        }
    }

    /** Forgets what is not sent; what is on its way is still confirmed or lost. */
    void forgetUnsent(Consumer<Pending> forgotten) {
        for (Pending pending : List.copyOf(byKey.keySet())) {
            if (pending.dirty) {
                forgotten.accept(pending);
                drop(pending);
            }
        }
        dirty.clear();
    }

    /** A new connection: everything after {@code received} was lost and goes out again, before what is new. */
    void rewind(long received) {
        while (sent > received && !inFlight.isEmpty()) {
            Sent lost = inFlight.pollLast();
            inFlightBytes -= lost.bytes;
            Pending pending = lost.pending;
            if (pending.awaited == sent) {
                pending.awaited = Pending.NEXT_SENT;
            }
            if (pending.seq == sent) {
                pending.seq = 0;
                if (!pending.dirty) {
                    markDirty(pending, true);
                }
            }
            sent--;
            again(pending, lost.asked);
            resent = horizon();
        }
        if (inFlight.isEmpty()) {
            sent = received;
            confirmed = received;
        }
    }

    private void again(Pending pending, Asked lost) {
        if (lost != null && byKey.get(pending) == pending) {
            asked(pending, lost);
        } else {
            Asked.tell(lost, Answered.OVERTAKEN, events);
        }
    }

    /** Forgets everything; confirmations still under way find nothing. */
    void clear() {
        unanswered(Answered.NOT_FOLLOWED);
        byKey.clear();
        awaited = 0;
        dirty.clear();
        inFlight.clear();
        inFlightBytes = 0;
        dirtyCount = 0;
        removals = 0;
        bytes = 0;
        confirmed = sent;
    }

    /** Numbers from here on, for a peer that has seen nothing yet. */
    void restart() {
        sent = 0;
        confirmed = 0;
    }

    Collection<Pending> all() {
        return byKey.keySet();
    }

    /** Entries not confirmed. */
    int size() {
        return byKey.size();
    }

    /** Bytes they hold. */
    long bytes() {
        return bytes;
    }

    /** Entries not sent. */
    int unsent() {
        return dirtyCount;
    }

    /** Whether an entry to be sent is a removal, or was one when it was noted. */
    boolean removalWaits() {
        return removals > 0;
    }

    /** Entries sent and not confirmed. */
    int inFlight() {
        return inFlight.size();
    }

    long inFlightBytes() {
        return inFlightBytes;
    }

    long sent() {
        return sent;
    }

    long confirmed() {
        return confirmed;
    }

    /** Age of the oldest entry that is not confirmed, as far as the queues tell; 0 when there is none. */
    long oldestMillis(long now) {
        long oldest = now;
        if (!inFlight.isEmpty()) {
            oldest = Math.min(oldest, inFlight.peek().pending.since);
        }
        Pending next = peek();
        if (next != null) {
            oldest = Math.min(oldest, next.since);
        }
        return byKey.isEmpty() ? 0 : now - oldest;
    }

    private void markDirty(Pending pending, boolean first) {
        if (!pending.dirty) {
            pending.dirty = true;
            dirtyCount++;
            if (first) {
                sends--;
                dirty.addFirst(pending);
            } else {
                pending.firstNumber = pending.number;
                dirty.addLast(pending);
            }
        }
        if (pending.value == null) {
            removals++;
        }
    }

    /** The number of the entry that {@link #send} would give; {@link Needs#NOTHING} when there is none. */
    long nextNumber() {
        Pending next = peek();
        return next == null ? Needs.NOTHING : next.number;
    }

    /** The least number of a change that is not sent; {@link Needs#NOTHING} when all are. */
    long unsentFrom() {
        Pending next = peek();
        return next == null ? Needs.NOTHING : reached(resent) ? next.firstNumber : Needs.EVERYTHING;
    }

    /** What waits now will all have been sent when {@link #reached} says so of this. */
    long horizon() {
        return sends + dirtyCount;
    }

    boolean reached(long horizon) {
        return sends >= horizon || dirtyCount == 0;
    }

    private void clean(Pending pending) {
        if (pending.dirty) {
            pending.dirty = false;
            dirtyCount--;
            if (dirtyCount == 0) {
                removals = 0;
            }
        }
    }
}
