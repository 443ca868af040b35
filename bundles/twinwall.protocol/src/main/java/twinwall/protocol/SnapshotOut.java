/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A whole table on its way to the peer, in constant memory: entries wait here until they are confirmed, and the handler waits for room.
 * <p>
 * Entries have positions from 1; the end has the position after the last. After a link loss the snapshot goes on from the position the
 * peer has, not from zero.
 */
final class SnapshotOut {

    static final int WINDOW_ENTRIES = 16_384;
    static final int WINDOW_BYTES = 4 << 20;
    private static final int BATCH_ENTRIES = 256;
    private static final long NEEDS_NOTHING = -1;

    final long id;
    private final Deque<Read> waiting = new ArrayDeque<>();
    private final Deque<Read> flying = new ArrayDeque<>();
    private long bytes;
    private long sent;
    private long confirmed;
    private boolean begun;
    private Gap gap;
    private boolean read;
    private boolean endSent;
    /** Changes that stand for entries which were left out go before the end: without them the peer would remove what it has of these. */
    private long horizon;

    /** An entry, and the last number of the {@link TableOrder} when it was read. */
    private record Read(Entry entry, long number) {
    }

    SnapshotOut(long id) {
        this.id = id;
    }

    boolean room() {
        return waiting.size() + flying.size() < WINDOW_ENTRIES && bytes < WINDOW_BYTES;
    }

    void add(Entry entry, long number) {
        waiting.add(new Read(entry, number));
        bytes += size(entry);
    }

    /** The handler has written every entry; {@code changes}: the {@link Backlog#horizon} now. */
    void read(long changes) {
        read = true;
        horizon = changes;
    }

    /** Entries were left out just now. */
    void leftOut(long changes) {
        horizon = Math.max(horizon, changes);
    }

    /** Whether only changes must still go before the end, see {@link Backlog#reached}. */
    boolean awaitsChanges(Backlog backlog) {
        return endDue() && !backlog.reached(horizon);
    }

    boolean begun() {
        return begun;
    }

    /** {@code missing}: all that the peer lacks, null for the whole table. */
    void begin(Gap missing) {
        begun = true;
        gap = missing;
    }

    /** The part of the table that it holds; null: all. */
    Gap gap() {
        return gap;
    }

    /** Enough for a frame, or all there will be for now. */
    boolean worthSending() {
        return !waiting.isEmpty() && (read || waiting.size() >= BATCH_ENTRIES || !room());
    }

    Entry peek() {
        Read next = waiting.peek();
        return next == null ? null : next.entry;
    }

    /** The number of what is sent next: of the begin the least, as only a table that has to come whole is before it. */
    long nextNumber() {
        Read next = waiting.peek();
        return !begun ? Needs.EVERYTHING : next == null ? NEEDS_NOTHING : next.number;
    }

    /** The next entry to send; {@link #sent} is its position. */
    void send() {
        flying.add(waiting.poll());
        sent++;
    }

    /** Takes away what waits and is overtaken by a change: sent after it, it would be news from yesterday. */
    boolean skip(Predicate<Entry> overtaken) {
        boolean any = false;
        while (!waiting.isEmpty() && overtaken.test(waiting.peek().entry)) {
            bytes -= size(waiting.poll().entry);
            any = true;
        }
        return any;
    }

    boolean endDue() {
        return begun && read && waiting.isEmpty() && !endSent;
    }

    void sendEnd() {
        endSent = true;
    }

    boolean endSent() {
        return endSent;
    }

    long sent() {
        return sent;
    }

    /**
     * The peer has taken everything up to this position.
     *
     * @return whether that includes the end
     */
    boolean confirm(long position, Consumer<Entry> told) {
        while (confirmed < position && !flying.isEmpty()) {
            confirmed++;
            Entry entry = flying.poll().entry;
            bytes -= size(entry);
            told.accept(entry);
        }
        return endSent && flying.isEmpty() && position > sent;
    }

    /** A new connection: what came after {@code position} goes out again. */
    void rewind(long position) {
        while (sent > position && !flying.isEmpty()) {
            waiting.addFirst(flying.pollLast());
            sent--;
        }
        endSent = endSent && position > sent;
    }

    private static int size(Entry entry) {
        return entry.key().length + entry.value().length + entry.soft().length + Pending.OVERHEAD;
    }
}
