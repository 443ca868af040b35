/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import twinwall.firewall.EntryVisitor;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PeerAnswer;
import twinwall.firewall.TableWatcher;
import twinwall.record.RecordCodec;

/**
 * A firewall's table in memory. {@link #put} and {@link #take} are what the firewall does on its own; watchers hear of these only, and
 * not of changes to soft facts.
 *
 * @param <E> the entry
 */
public final class MemoryFirewallTable<E extends Record> implements FirewallTable<E> {

    private final Map<ByteBuffer, E> entries = new LinkedHashMap<>();
    private final List<TableWatcher<? super E>> watchers = new CopyOnWriteArrayList<>();
    private final RecordCodec<E> codec;
    private final int capacity;

    /** A table without a limit. */
    public MemoryFirewallTable(Class<E> type) {
        this(type, Integer.MAX_VALUE);
    }

    /** A table that is full with so many entries. */
    public MemoryFirewallTable(Class<E> type, int capacity) {
        codec = RecordCodec.of(type);
        this.capacity = capacity;
    }

    /** The firewall makes or changes an entry. */
    public synchronized void put(E entry) {
        if (change(entry)) {
            watchers.forEach(watcher -> watcher.changed(entry));
        }
    }

    /** The firewall makes or changes an entry and wants to know of each watcher's peer whether it has it. */
    public synchronized void put(E entry, PeerAnswer answer) {
        if (change(entry)) {
            watchers.forEach(watcher -> watcher.changed(entry, answer));
        }
    }

    private boolean change(E entry) {
        E before = store(entry);
        return before == null || !ByteBuffer.wrap(codec.value(before)).equals(ByteBuffer.wrap(codec.value(entry)));
    }

    /** The firewall ends an entry. Nothing happens when there is none with this key. */
    public synchronized void take(E key) {
        E last = entries.remove(keyOf(key));
        if (last != null) {
            watchers.forEach(watcher -> watcher.removed(last));
        }
    }

    @Override
    public AutoCloseable watch(TableWatcher<? super E> watcher) {
        watchers.add(watcher);
        return () -> stop(watcher);
    }

    private synchronized void stop(TableWatcher<? super E> watcher) {
        watchers.remove(watcher);
    }

    @Override
    public void visit(EntryVisitor<? super E> visitor) throws IOException {
        for (E entry : entries()) {
            visitor.visit(entry);
        }
    }

    @Override
    public synchronized void restore(E entry) {
        store(entry);
    }

    @Override
    public synchronized void forget(E key) {
        entries.remove(keyOf(key));
    }

    @Override
    public synchronized int size() {
        return entries.size();
    }

    /** The entry with the key of {@code key}. */
    public synchronized Optional<E> find(E key) {
        return Optional.ofNullable(entries.get(keyOf(key)));
    }

    /** All entries, the oldest first. */
    public synchronized List<E> entries() {
        return new ArrayList<>(entries.values());
    }

    /** How many watchers there are. */
    public int watchers() {
        return watchers.size();
    }

    private E store(E entry) {
        ByteBuffer key = keyOf(entry);
        if (entries.size() >= capacity && !entries.containsKey(key)) {
            throw new IllegalStateException("The table is full with " + capacity + " entries");
        }
        return entries.put(key, entry);
    }

    private ByteBuffer keyOf(E entry) {
        return ByteBuffer.wrap(codec.key(entry));
    }
}
