/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of the service tables as text: one line for each table, then why what was not measured was not. */
final class TableLines {

    /** How fast a table's entries are handled. */
    static final String SPEED = "speed";
    /** What a large table needs. */
    static final String HEAP = "heap";

    private static final String TABLE = "table";
    private static final String PART = "part";
    private static final List<String> HEAD = List.of("table", "entries/s", "target", "", "put", "encode", "decode", "restore",
            "bytes", "heap bytes", "target", "", "entries");
    private static final List<String> STEPS = List.of("putPerSecond", "encodePerSecond", "decodePerSecond", "restorePerSecond");
    private static final double THOUSAND = 1e3;

    private TableLines() {
    }

    /** The row as the part {@link #SPEED} or {@link #HEAP} of a table's line. */
    static Row part(Row row, String table, String part) {
        return row.with(TABLE, table).with(PART, part);
    }

    /** Whether the row belongs into a table's line. */
    static boolean has(Row row) {
        return row.details().containsKey(TABLE);
    }

    /** The lines of those rows. */
    static String of(List<Row> rows) {
        Map<Object, Map<Object, Row>> tables = new LinkedHashMap<>();
        for (Row row : rows) {
            tables.computeIfAbsent(row.details().get(TABLE), any -> new LinkedHashMap<>()).put(row.details().get(PART), row);
        }
        List<List<String>> lines = new ArrayList<>(List.of(HEAD));
        tables.forEach((table, parts) -> lines.add(line(table.toString(), parts.get(SPEED), parts.get(HEAP))));
        StringBuilder text = new StringBuilder("Tables: entries a second on one core, slowest of four steps; each in thousands;\n"
                + "bytes of an entry before TLS; heap of an entry in a table that holds so many.\n\n").append(Columns.of(lines, 1));
        rows.stream().filter(row -> !row.measured()).forEach(row -> text.append(row.what()).append(" not measured: ")
                .append(row.details().get("notMeasured")).append('\n'));
        return text.toString();
    }

    private static List<String> line(String table, Row speed, Row heap) {
        List<String> line = new ArrayList<>(List.of(table));
        line.addAll(figure(speed));
        STEPS.forEach(step -> line.add(detail(speed, step, THOUSAND)));
        line.add(detail(speed, "bytesPerEntry", 1));
        line.addAll(figure(heap));
        line.add(detail(heap != null ? heap : speed, "entries", 1));
        return line;
    }

    private static List<String> figure(Row row) {
        if (row == null || !row.measured()) {
            return List.of(row == null ? "" : "not measured", "", "");
        }
        return List.of(Numbers.text(Math.rint(row.figure())), row.target() == null ? "" : row.target().text(), row.verdict());
    }

    private static String detail(Row row, String name, double unit) {
        return row != null && row.details().get(name) instanceof Number number ? Numbers.text(number.doubleValue() / unit) : "";
    }
}
