/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tables came into sync with the peer at one moment, and which fell out of it, and why: one line for all that share a reason. A link
 * that comes and goes does that to all of them. For one thread.
 */
final class SyncNews {

    private static final System.Logger LOG = System.getLogger("twinwall.engine");

    private final String peer;
    /** By what is wrong with them; nothing is with those that are in sync. */
    private final Map<String, List<Table>> tables = new LinkedHashMap<>();

    private record Table(String type, long entries) {
    }

    /** A line of the log. */
    record Line(Level level, String text) {
    }

    SyncNews(String peer) {
        this.peer = peer;
    }

    /** {@code detail}: what is wrong, empty when the table is in sync. */
    void add(String type, long entries, String detail) {
        tables.computeIfAbsent(detail, any -> new ArrayList<>()).add(new Table(type, entries));
    }

    /** Writes it to the log; at level debug table by table. */
    void tell() {
        lines().forEach(line -> LOG.log(line.level(), line.text()));
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        tables.forEach((detail, of) -> {
            Level level = detail.isEmpty() ? Level.INFO : Level.WARNING;
            if (of.size() > 1) {
                lines.add(new Line(level, text(of.size() + " tables", of.stream().mapToLong(Table::entries).sum(), detail)));
            }
            for (Table table : of) {
                lines.add(new Line(of.size() > 1 ? Level.DEBUG : level, text("Table '" + table.type() + "'", table.entries(), detail)));
            }
        });
        return lines;
    }

    private String text(String what, long entries, String detail) {
        return detail.isEmpty() ? what + ": in sync with " + peer + ", " + entries + " entries."
                : what + ": out of sync with " + peer + ": " + detail + ".";
    }
}
