/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import twinwall.firewall.BlacklistEntry.Direction;

/** Finds blacklist items by address, and keeps them in numbered places so that they can be walked in pieces. Not safe for threads. */
final class BlacklistIndex {

    private final long key = new SecureRandom().nextLong() | 1;
    private final List<BlacklistItem> places = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
    private BlacklistItem[] buckets = new BlacklistItem[64];
    private int size;

    /** The first of a chain of items, among which those with that address are. */
    BlacklistItem first(Direction direction, long high, long low) {
        return buckets[bucket(direction, high, low)];
    }

    BlacklistItem find(BlacklistItem like) {
        BlacklistItem item = first(like.direction, like.high, like.low);
        while (item != null && !item.sameKey(like)) {
            item = item.next;
        }
        return item;
    }

    void add(BlacklistItem item) {
        if (size >= buckets.length) {
            grow();
        }
        link(item);
        if (free.isEmpty()) {
            item.place = places.size();
            places.add(item);
        } else {
            item.place = free.remove(free.size() - 1);
            places.set(item.place, item);
        }
        size++;
    }

    void remove(BlacklistItem item) {
        int bucket = bucket(item.direction, item.high, item.low);
        if (buckets[bucket] == item) {
            buckets[bucket] = item.next;
        } else {
            BlacklistItem before = buckets[bucket];
            while (before.next != item) {
                before = before.next;
            }
            before.next = item.next;
        }
        item.next = null;
        places.set(item.place, null);
        free.add(item.place);
        size--;
    }

    void each(Consumer<BlacklistItem> action) {
        places.stream().filter(item -> item != null).forEach(action);
    }

    int places() {
        return places.size();
    }

    BlacklistItem at(int place) {
        return places.get(place);
    }

    int size() {
        return size;
    }

    private void link(BlacklistItem item) {
        int bucket = bucket(item.direction, item.high, item.low);
        item.next = buckets[bucket];
        buckets[bucket] = item;
    }

    private void grow() {
        buckets = new BlacklistItem[buckets.length * 2];
        each(this::link);
    }

    private int bucket(Direction direction, long high, long low) {
        long mixed = (low ^ Long.rotateLeft(high, 29) ^ direction.ordinal() ^ key >>> 7) * key;
        return (int) (mixed >>> 33 ^ mixed >>> 48) & buckets.length - 1;
    }
}
