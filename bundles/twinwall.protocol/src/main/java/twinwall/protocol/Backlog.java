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

/**
 * The changes of one table that the peer has not confirmed: state, not a log. An entry that changes again while it waits keeps its
 * place and is sent once, in its latest state.
 * <p>
 * What is sent gets consecutive sequence numbers. What was sent is kept until it is confirmed, so that after a link loss just what
 * did not arrive is sent again.
 */
final class Backlog {

    private final long limitBytes;
    private final Map<Pending, Pending> byKey = new HashMap<>();
    private final Deque<Pending> dirty = new ArrayDeque<>();
    private final Deque<Sent> inFlight = new ArrayDeque<>();
    private long inFlightBytes;
    private int dirtyCount;
    private int removals;
    private long bytes;
    private long sent;
    private long confirmed;

    private record Sent(Pending pending, int bytes) {
    }

    Backlog(long limitBytes) {
        this.limitBytes = limitBytes;
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
        }
        pending.value = value;
        pending.soft = soft;
        pending.stamp = stamp;
        bytes += pending.bytes();
        markDirty(pending, false);
        return bytes <= limitBytes;
    }

    Pending find(Pending probe) {
        return byKey.get(probe);
    }

    /** A newer state from the peer replaces this one: it is not sent (again). */
    void drop(Pending pending) {
        byKey.remove(pending);
        bytes -= pending.bytes();
        clean(pending);
        pending.seq = 0;
    }

    /** The next entry to send, with its sequence number in {@link Pending#seq}, or null. */
    Pending send() {
        while (true) {
            Pending pending = dirty.poll();
            if (pending == null || pending.dirty) {
                if (pending != null) {
                    clean(pending);
                    pending.seq = ++sent;
                    int size = pending.bytes();
                    inFlight.add(new Sent(pending, size));
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
            if (pending.seq == confirmed) {
                pending.seq = 0;
                if (!pending.dirty) {
                    byKey.remove(pending);
                    bytes -= pending.bytes();
                }
            }
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
            if (pending.seq == sent) {
                pending.seq = 0;
                if (!pending.dirty) {
                    markDirty(pending, true);
                }
            }
            sent--;
        }
        if (inFlight.isEmpty()) {
            sent = received;
            confirmed = received;
        }
    }

    /** Forgets everything; confirmations still under way find nothing. */
    void clear() {
        byKey.clear();
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
                dirty.addFirst(pending);
            } else {
                dirty.addLast(pending);
            }
        }
        if (pending.value == null) {
            removals++;
        }
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
