/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.Slot;

/**
 * Finds the entries of a list by address, in chains that are walked without making an object. Not safe for threads.
 *
 * @param <E> the entry
 */
final class AddressIndex<E extends Record> {

    private Node<E>[] buckets = room(64);
    private int size;

    /** One entry in its chain. */
    static final class Node<E extends Record> {

        final Pick pick;
        final Slot<E> slot;
        private Node<E> next;

        Node(Pick pick, Slot<E> slot) {
            this.pick = pick;
            this.slot = slot;
        }

        /** The next entry with the same address, or {@code null}. */
        Node<E> next() {
            Node<E> node = next;
            while (node != null && (node.pick.low() != pick.low() || node.pick.high() != pick.high())) {
                node = node.next;
            }
            return node;
        }
    }

    /** The first entry with that address, or {@code null}. */
    Node<E> first(long high, long low) {
        Node<E> node = buckets[bucket(high, low)];
        while (node != null && (node.pick.low() != low || node.pick.high() != high)) {
            node = node.next;
        }
        return node;
    }

    void add(Pick pick, Slot<E> slot) {
        if (size >= buckets.length) {
            grow();
        }
        link(new Node<>(pick, slot));
        size++;
    }

    void remove(Pick pick, Slot<E> slot) {
        int bucket = bucket(pick.high(), pick.low());
        Node<E> before = null;
        Node<E> node = buckets[bucket];
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

    boolean isEmpty() {
        return size == 0;
    }

    private void link(Node<E> node) {
        int bucket = bucket(node.pick.high(), node.pick.low());
        node.next = buckets[bucket];
        buckets[bucket] = node;
    }

    private void grow() {
        Node<E>[] before = buckets;
        buckets = room(before.length * 2);
        for (Node<E> chain : before) {
            while (chain != null) {
                Node<E> rest = chain.next;
                link(chain);
                chain = rest;
            }
        }
    }

    private int bucket(long high, long low) {
        return AddressKey.hash(high, low, 0) & buckets.length - 1;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Record> Node<E>[] room(int length) {
        return new Node[length];
    }
}
