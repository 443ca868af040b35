/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report as a table, then the details. */
final class TextReport {

    private static final List<String> HEAD = List.of("measure", "figure", "target", "", "beside", "ratio");

    private TextReport() {
    }

    static String of(Map<String, Object> machine, List<Row> all) {
        List<Row> rows = all.stream().filter(row -> !TableLines.has(row)).toList();
        List<Row> tables = all.stream().filter(TableLines::has).toList();
        StringBuilder text = new StringBuilder();
        if (!rows.isEmpty()) {
            List<List<String>> cells = new ArrayList<>(List.of(HEAD));
            rows.forEach(row -> cells.add(cells(row)));
            text.append(Columns.of(cells, HEAD.size())).append('\n');
            rows.forEach(row -> text.append(details(row)));
            text.append('\n');
        }
        if (!tables.isEmpty()) {
            text.append(TableLines.of(tables)).append('\n');
        }
        return text.append("Machine: ").append(pairs(machine)).append('\n').toString();
    }

    private static List<String> cells(Row row) {
        String what = row.measure() + (row.what().isEmpty() ? "" : ": " + row.what());
        if (!row.measured()) {
            return List.of(what, "not measured", "", "", "", "");
        }
        boolean compared = !row.beside().isEmpty();
        return List.of(what, Numbers.text(row.figure()) + " " + row.unit(), row.target() == null ? "" : row.target().text(), row.verdict(),
                compared ? row.beside() + " " + Numbers.text(row.besideFigure()) : "",
                compared ? String.format(Locale.ROOT, "%.2f", row.ratio()) : "");
    }

    private static String details(Row row) {
        return row.details().isEmpty() ? "" : row.measure() + ": " + pairs(row.details()) + "\n";
    }

    private static String pairs(Map<String, Object> details) {
        return details.entrySet().stream().map(detail -> detail.getKey() + " " + (detail.getValue() instanceof Number number
                ? Numbers.text(number.doubleValue()) : detail.getValue())).collect(Collectors.joining(", "));
    }
}
