/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.table;

/**
 * Finds entries by two numbers, an address for example, in chains that are walked without making an object. Several entries may have the
 * same numbers. Strangers may choose these: the hash is that of {@link AddressKey}. Not safe for threads.
 *
 * @param <A> what is kept beside each entry
 * @param <E> the entry
 */
public final class SlotIndex<A, E extends Record> {

    private Node<A, E>[] buckets = room(64);
    private int size;

    /**
     * One entry in its chain.
     *
     * @param <A> what is kept beside it
     * @param <E> the entry
     */
    public static final class Node<A, E extends Record> {

        private final long high;
        private final long low;
        private final A about;
        private final Slot<E> slot;
        private Node<A, E> next;

        Node(long high, long low, A about, Slot<E> slot) {
            this.high = high;
            this.low = low;
            this.about = about;
            this.slot = slot;
        }

        /** What is kept beside the entry. */
        public A about() {
            return about;
        }

        /** The entry. */
        public Slot<E> slot() {
            return slot;
        }

        /** The next entry with the same numbers, or {@code null}. */
        public Node<A, E> next() {
            return from(next, high, low);
        }

        private static <A, E extends Record> Node<A, E> from(Node<A, E> chain, long high, long low) {
            Node<A, E> node = chain;
            while (node != null && (node.low != low || node.high != high)) {
                node = node.next;
            }
            return node;
        }
    }

    /** The first entry with these numbers, or {@code null}. */
    public Node<A, E> first(long high, long low) {
        return Node.from(buckets[bucket(high, low)], high, low);
    }

    /** Puts an entry in. */
    public void add(long high, long low, A about, Slot<E> slot) {
        if (size >= buckets.length) {
            grow();
        }
        link(new Node<>(high, low, about, slot));
        size++;
    }

    /** Takes an entry out that is in under these numbers. */
    public void remove(long high, long low, Slot<E> slot) {
        int bucket = bucket(high, low);
        Node<A, E> before = null;
        Node<A, E> node = buckets[bucket];
        while (node.slot != slot) {
            before = node;
            node = node.next;
        }
        if (before == null) {
            buckets[bucket] = node.next;
        } else {
            before.next = node.next;
        }
        size--;
    }

    /** Whether nothing is in it. */
    public boolean isEmpty() {
        return size == 0;
    }

    private void link(Node<A, E> node) {
        int bucket = bucket(node.high, node.low);
        node.next = buckets[bucket];
        buckets[bucket] = node;
    }

    private void grow() {
        Node<A, E>[] before = buckets;
        buckets = room(before.length * 2);
        for (Node<A, E> chain : before) {
            while (chain != null) {
                Node<A, E> rest = chain.next;
                link(chain);
                chain = rest;
            }
        }
    }

    private int bucket(long high, long low) {
        return AddressKey.hash(high, low, 0) & buckets.length - 1;
    }

    @SuppressWarnings("unchecked")
    private static <A, E extends Record> Node<A, E>[] room(int length) {
        return new Node[length];
    }
}
