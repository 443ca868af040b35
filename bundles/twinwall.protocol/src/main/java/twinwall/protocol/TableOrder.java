/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One order over what happens to the tables of a firewall, and which table needs which. A number is drawn for each change that is noted
 * and for each frame that comes. Any thread may ask; no lock of a table is taken.
 */
final class TableOrder {

    private final AtomicLong last = new AtomicLong();
    private final List<TableReplica> tables = new CopyOnWriteArrayList<>();
    private volatile Map<TableReplica, List<TableReplica>> needs = Map.of();
    private volatile Map<TableReplica, List<TableReplica>> neededBy = Map.of();

    /** A number after all that were drawn before. */
    long next() {
        return last.incrementAndGet();
    }

    /** The number drawn last. */
    long now() {
        return last.get();
    }

    void add(TableReplica table) {
        tables.add(table);
        specsChanged();
    }

    /** A table is here, or one needs others than before. */
    synchronized void specsChanged() {
        Map<TableReplica, List<TableReplica>> before = new HashMap<>();
        Map<TableReplica, List<TableReplica>> after = new HashMap<>();
        for (TableReplica table : tables) {
            List<TableReplica> needed = new ArrayList<>();
            for (TableReplica other : tables) {
                // Of tables that need each other neither would ever be first.
                if (names(table, other) && !leadsTo(other, table, new ArrayList<>())) {
                    needed.add(other);
                    after.computeIfAbsent(other, of -> new ArrayList<>()).add(table);
                }
            }
            before.put(table, needed);
        }
        needs = before;
        neededBy = after;
    }

    private static boolean names(TableReplica table, TableReplica other) {
        return table.spec().needs().contains(other.spec().type());
    }

    private boolean leadsTo(TableReplica from, TableReplica to, List<TableReplica> seen) {
        if (from == to) {
            return true;
        }
        seen.add(from);
        return tables.stream().anyMatch(next -> names(from, next) && !seen.contains(next) && leadsTo(next, to, seen));
    }

    /** The tables here that this one needs, without those that need it in turn. */
    List<TableReplica> needs(TableReplica table) {
        return needs.getOrDefault(table, List.of());
    }

    /** The tables here that need this one. */
    List<TableReplica> neededBy(TableReplica table) {
        return neededBy.getOrDefault(table, List.of());
    }
}
