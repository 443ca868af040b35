/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * From the hash of an entry's key to its {@link Cell}, in 16 bytes and at most 43 bytes of heap an entry.
 * <p>
 * Open addressing with linear probing in 256 segments that grow one by one, so that growing a table of millions of entries never
 * halts the packet path for more than one segment's share.
 */
final class EntryIndex {

    private static final int SEGMENTS = 256;
    private static final int FIRST_SLOTS = 4;

    private final long[][] segments = new long[SEGMENTS][];
    private final int[] used = new int[SEGMENTS];
    private int live;
    private int removed;

    /** What a visit sees. */
    interface Visitor {
        /** One cell; the answer replaces it, {@link Cell#NONE} takes it out. */
        long visit(long cell);
    }

    /** The cell, or {@link Cell#NONE}. */
    long get(long hash) {
        long key = key(hash);
        long[] slots = segments[segment(key)];
        if (slots == null) {
            return Cell.NONE;
        }
        int at = find(slots, key);
        return slots[at] == key ? slots[at + 1] : Cell.NONE;
    }

    void put(long hash, long cell) {
        long key = key(hash);
        int segment = segment(key);
        long[] slots = segments[segment];
        if (slots == null) {
            slots = segments[segment] = new long[2 * FIRST_SLOTS];
        } else if ((used[segment] + 1) * 4 > slots.length / 2 * 3) {
            slots = grow(segment);
        }
        int at = find(slots, key);
        if (slots[at] == key) {
            count(slots[at + 1], -1);
        } else {
            slots[at] = key;
            used[segment]++;
        }
        slots[at + 1] = cell;
        count(cell, 1);
    }

    /** As {@link #put}; {@link Cell#NONE} takes the entry out. */
    void set(long hash, long cell) {
        if (cell == Cell.NONE) {
            remove(hash);
        } else {
            put(hash, cell);
        }
    }

    void remove(long hash) {
        long key = key(hash);
        int segment = segment(key);
        long[] slots = segments[segment];
        if (slots != null) {
            int at = find(slots, key);
            if (slots[at] == key) {
                takeOut(segment, at);
            }
        }
    }

    /** Entries that exist, without those only remembered as removed. */
    int live() {
        return live;
    }

    /** Entries only remembered as removed. */
    int removed() {
        return removed;
    }

    void visit(Visitor visitor) {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            long[] slots = segments[segment];
            for (int at = 0; slots != null && at < slots.length; at += 2) {
                // A removal moves later cells back, so the same place is looked at again.
                while (slots[at] != 0) {
                    long cell = slots[at + 1];
                    long now = visitor.visit(cell);
                    if (now != Cell.NONE) {
                        count(cell, -1);
                        slots[at + 1] = now;
                        count(now, 1);
                        break;
                    }
                    takeOut(segment, at);
                }
            }
        }
    }

    private void takeOut(int segment, int at) {
        long[] slots = segments[segment];
        count(slots[at + 1], -1);
        used[segment]--;
        int mask = slots.length - 1;
        int hole = at;
        int next = at;
        while (true) {
            next = next + 2 & mask;
            if (slots[next] == 0) {
                break;
            }
            int home = home(slots[next], slots.length);
            if ((next - home & mask) >= (next - hole & mask)) {
                slots[hole] = slots[next];
                slots[hole + 1] = slots[next + 1];
                hole = next;
            }
        }
        slots[hole] = 0;
        slots[hole + 1] = 0;
    }

    private void count(long cell, int by) {
        if (Cell.removed(cell)) {
            removed += by;
        } else {
            live += by;
        }
    }

    private long[] grow(int segment) {
        long[] old = segments[segment];
        long[] grown = new long[old.length * 2];
        for (int at = 0; at < old.length; at += 2) {
            if (old[at] != 0) {
                int to = find(grown, old[at]);
                grown[to] = old[at];
                grown[to + 1] = old[at + 1];
            }
        }
        segments[segment] = grown;
        return grown;
    }

    private static int find(long[] slots, long key) {
        int mask = slots.length - 1;
        int at = home(key, slots.length);
        while (slots[at] != 0 && slots[at] != key) {
            at = at + 2 & mask;
        }
        return at;
    }

    private static int home(long key, int length) {
        return (int) key << 1 & length - 1;
    }

    private static int segment(long key) {
        return (int) (key >>> 56);
    }

    /** Zero marks an empty slot. */
    private static long key(long hash) {
        return hash == 0 ? 1 : hash;
    }
}
