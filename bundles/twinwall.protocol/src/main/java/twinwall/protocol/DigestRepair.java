/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import twinwall.link.ProtocolException;

/**
 * Finds the entries that differ in a suspect bucket and has the side that has them right announce them again, as a change like any other:
 * what the firewall does meanwhile is later and wins.
 */
final class DigestRepair {

    private final ComparedTable table;
    private final TableWalk walk;
    private final Map<Integer, List<Theirs>> listed = new HashMap<>();
    private int received;
    private long found;

    /** An entry of the peer's table, with who made it as far as the peer knows. */
    private record Theirs(byte[] key, long valueHash, int maker) {
    }

    DigestRepair(ComparedTable table, TableWalk walk) {
        this.table = table;
        this.walk = walk;
    }

    void listed(ByteBuffer frame) throws ProtocolException {
        while (frame.hasRemaining()) {
            int bucket = Wire.number(frame, (1 << walk.bits()) - 1, "a bucket");
            Theirs theirs = new Theirs(Wire.bytes(frame, Limits.KEY, "a key"), Wire.eight(frame), Wire.octet(frame));
            if (++received > TableWalk.MOST_KEPT) {
                throw new ProtocolException("over-limit", "more than " + TableWalk.MOST_KEPT + " entries of suspect buckets");
            }
            listed.computeIfAbsent(bucket, none -> new ArrayList<>()).add(theirs);
        }
    }

    /** Entries found to differ. */
    long found() {
        return found;
    }

    /**
     * Sees to one bucket.
     *
     * @param shared whoever made an entry has it right; else this firewall has
     * @param ask takes the keys of entries that the peer has right
     * @return how many entries differ
     */
    long bucket(int bucket, boolean shared, Collection<byte[]> ask, long now) {
        Map<ByteBuffer, TableWalk.Seen> mine = new HashMap<>();
        walk.kept(bucket).forEach(seen -> mine.put(ByteBuffer.wrap(seen.key()), seen));
        Set<ByteBuffer> seenThere = new HashSet<>();
        long differing = 0;
        for (Theirs theirs : listed.getOrDefault(bucket, List.of())) {
            ByteBuffer key = ByteBuffer.wrap(theirs.key);
            seenThere.add(key);
            TableWalk.Seen own = mine.get(key);
            if (own == null || own.valueHash() != theirs.valueHash) {
                differing++;
                settle(theirs.key, own, shared && !mineIsRight(theirs.key, own != null, theirs.maker), ask, now);
            }
        }
        for (TableWalk.Seen own : walk.kept(bucket)) {
            if (!seenThere.contains(ByteBuffer.wrap(own.key()))) {
                differing++;
                settle(own.key(), own, shared && !mineIsRight(own.key(), true, 0), ask, now);
            }
        }
        found += differing;
        return differing;
    }

    private void settle(byte[] key, TableWalk.Seen own, boolean theirs, Collection<byte[]> ask, long now) {
        if (theirs) {
            ask.add(key);
        } else {
            table.announce(key, own == null ? null : own.value(), own == null ? Entry.NOTHING : own.soft(), now);
        }
    }

    /** Who made an entry has it right; of one that nobody is known to have made, whoever has it. */
    private boolean mineIsRight(byte[] key, boolean here, int makerThere) {
        int maker = table.maker(key) != 0 ? table.maker(key) : makerThere;
        return maker == 0 ? here : maker == table.me();
    }
}
