/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import twinwall.group.Verdict.TableWait;

/** What a handover waits for, table by table: first until the peer has every table, then until it has confirmed what was changed. */
final class TableWaits {

    private final GroupTables tables;
    private final Map<String, Waited> waited = new LinkedHashMap<>();

    /** How it goes with one table. */
    private static final class Waited {
        private long since;
        private long millis;
        private long awaited;
        private long left;
        private boolean done;
    }

    TableWaits(GroupTables tables) {
        this.tables = tables;
    }

    /** Notes which tables the peer does not have; false when there is none. */
    boolean forDelivery(long now) {
        boolean all = true;
        for (NumberedTable table : tables.all()) {
            boolean delivered = table.replica().deliveredOrNotHere() && table.replica().takenWhole();
            note(table, delivered, 0, now);
            all &= delivered;
        }
        return !all;
    }

    /** From now on what is changed need not be waited for. */
    void mark(long now) {
        for (NumberedTable table : tables.all()) {
            int awaited = table.replica().mark();
            if (awaited > 0) {
                Waited of = waited(table.replica().spec().type(), now);
                of.awaited = awaited;
                of.done = false;
                of.since = now - of.millis;
            }
        }
    }

    /** Whether the peer lacks nothing that was changed before the mark. */
    boolean confirmed(long now) {
        boolean all = true;
        for (NumberedTable table : tables.all()) {
            TableReplica replica = table.replica();
            int left = replica.awaited();
            boolean done = left == 0 && replica.deliveredOrNotHere() && replica.takenWhole();
            note(table, done, left, now);
            all &= done;
        }
        return all;
    }

    private void note(NumberedTable table, boolean done, long left, long now) {
        String type = table.replica().spec().type();
        Waited of = done ? waited.get(type) : waited(type, now);
        if (of != null && !of.done) {
            of.millis = now - of.since;
            of.left = left;
            of.done = done;
        }
    }

    private Waited waited(String type, long now) {
        return waited.computeIfAbsent(type, of -> {
            Waited begun = new Waited();
            begun.since = now;
            return begun;
        });
    }

    /** Changes that are not confirmed. */
    long left() {
        return waited.values().stream().mapToLong(of -> of.left).sum();
    }

    /** Longest first. */
    List<TableWait> list() {
        List<TableWait> all = new ArrayList<>();
        waited.forEach((type, of) -> all.add(new TableWait(type, of.awaited - Math.min(of.awaited, of.left), of.left, of.millis)));
        all.sort(Comparator.comparingLong(TableWait::waitedMillis).reversed());
        return all;
    }

    /** For people; empty when nothing was waited for. */
    String text() {
        List<TableWait> all = list();
        return all.isEmpty() ? "" : " Waited " + all.get(0).waitedMillis() + " ms for "
                + all.stream().map(TableWaits::text).collect(Collectors.joining(", ")) + ".";
    }

    private static String text(TableWait table) {
        return table.type() + (table.confirmed() == 0 ? "" : table.confirmed() == 1 ? " (1 change)"
                : " (" + table.confirmed() + " changes)");
    }
}
