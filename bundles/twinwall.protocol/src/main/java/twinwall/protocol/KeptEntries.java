/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The peer's entries of a table that has no handler here: bytes of one layout, held in memory until a handler takes them. Any thread may
 * read; one at a time may change them.
 */
public final class KeptEntries {

    /** Heap beside the bytes of an entry: the map's node, its key and its arrays, and the replica's knowledge of it. */
    static final int OVERHEAD = 200;

    private final KeptSpace space;
    private final Work.Open layout;
    private final Map<ByteBuffer, Kept> entries = new ConcurrentHashMap<>();
    private long bytes;

    private record Kept(byte[] value, byte[] soft) {
    }

    /** Begins empty; {@code layout} is the peer's, of every entry that will be kept. */
    public KeptEntries(KeptSpace space, Work.Open layout) {
        this.space = space;
        this.layout = layout;
    }

    /** How the entries are laid out. */
    public Work.Open layout() {
        return layout;
    }

    /** Adds an entry or replaces the one with the same key; {@link KeptSpace.Full} when there is no room for it. */
    public synchronized void put(byte[] key, byte[] value, byte[] soft) throws KeptSpace.Full {
        ByteBuffer at = ByteBuffer.wrap(key);
        Kept before = entries.get(at);
        long more = size(key, value, soft) - (before == null ? 0 : size(key, before.value, before.soft));
        space.take(more);
        bytes += more;
        entries.put(at, new Kept(value, soft));
    }

    /** Removes an entry; nothing happens when there is none. */
    public synchronized void remove(byte[] key) {
        Kept gone = entries.remove(ByteBuffer.wrap(key));
        if (gone != null) {
            long less = size(key, gone.value, gone.soft);
            bytes -= less;
            space.free(less);
        }
    }

    /** Drops them all. */
    public synchronized void clear() {
        entries.clear();
        space.free(bytes);
        bytes = 0;
    }

    /** Shows every entry; one that is changed meanwhile is shown in either state. */
    public void visit(EntryVisitor visitor) throws IOException {
        for (Map.Entry<ByteBuffer, Kept> entry : entries.entrySet()) {
            visitor.visit(entry.getKey().array(), entry.getValue().value, entry.getValue().soft);
        }
    }

    /** The value of an entry, null when it is not kept. */
    public byte[] value(byte[] key) {
        Kept kept = entries.get(ByteBuffer.wrap(key));
        return kept == null ? null : kept.value;
    }

    /** Entries kept. */
    public int size() {
        return entries.size();
    }

    /** Bytes they hold. */
    public synchronized long bytes() {
        return bytes;
    }

    private static long size(byte[] key, byte[] value, byte[] soft) {
        return key.length + value.length + soft.length + OVERHEAD;
    }
}
