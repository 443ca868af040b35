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

    static String of(Map<String, Object> machine, List<Row> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        rows.forEach(row -> cells.add(cells(row)));
        StringBuilder text = new StringBuilder();
        int[] widths = new int[HEAD.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : cells) {
            StringBuilder padded = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                padded.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            text.append(padded.toString().stripTrailing()).append('\n');
        }
        text.append('\n');
        rows.forEach(row -> text.append(details(row)));
        text.append("\nMachine: ").append(pairs(machine)).append('\n');
        return text.toString();
    }

    private static List<String> cells(Row row) {
        if (!row.measured()) {
            return List.of(row.measure(), "not measured", "", "", "", "");
        }
        boolean compared = !row.beside().isEmpty();
        return List.of(row.measure() + (row.what().isEmpty() ? "" : ": " + row.what()), Numbers.text(row.figure()) + " " + row.unit(),
                row.target() == null ? "" : row.target().text(), row.target() == null ? "" : row.missed() ? "MISSED" : "met",
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
