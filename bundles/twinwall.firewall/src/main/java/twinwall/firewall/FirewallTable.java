/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.io.IOException;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One service table of a firewall. Methods may be called from any thread, while packets flow.
 *
 * @param <E> the entry, a record; its {@link twinwall.record.Key} components identify it
 */
@ConsumerType
public interface FirewallTable<E extends Record> {

    /** Service property with the table type, for example {@code ipv4-session}. */
    String TABLE = "firewall.table";

    /**
     * Reports every change that the firewall itself makes, until closed: from the packet path's threads, changes of one entry in order.
     * What comes in through {@link #restore} and {@link #forget} is not reported.
     *
     * @return stops the reporting; after {@code close} returns the watcher is not called any more
     */
    AutoCloseable watch(TableWatcher<? super E> watcher);

    /** Visits every entry once, in any order, each as it is at that moment. Entries that come or go meanwhile may be missed. */
    void visit(EntryVisitor<? super E> visitor) throws IOException;

    /**
     * Puts in an entry from the peer, or replaces the one with the same key. The packet path uses it from the next packet on.
     *
     * @throws IllegalStateException when the table is full
     */
    void restore(E entry);

    /** Takes out the entry with the key of {@code key}; its other components do not count. Nothing happens when there is none. */
    void forget(E key);

    /** How many entries there are. */
    int size();
}
