/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import twinwall.firewall.EntryVisitor;

/**
 * Visits a table part by part: entries are copied under the firewall's lock, a few at a time, and shown without it, so that packets go on
 * meanwhile.
 *
 * @param <E> the entry
 */
@FunctionalInterface
public interface VisitInParts<E extends Record> {

    /**
     * Copies the next few entries.
     *
     * @param from the place to begin at
     * @return the place to go on from, -1 at the end
     */
    int copy(int from, List<E> into);

    /** Shows every entry. An exception of the visitor ends the visit. */
    default void visit(EntryVisitor<? super E> visitor) throws IOException {
        List<E> some = new ArrayList<>();
        int place = 0;
        while (place >= 0) {
            some.clear();
            place = copy(place, some);
            for (E each : some) {
                visitor.visit(each);
            }
        }
    }
}
