/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with a frame and a head of one or two lines; the first column is text and to the left, the others are figures and to the right.
 * For one thread.
 */
public final class Grid {

    private final List<String[]> rows = new ArrayList<>();
    private final int columns;
    private final int headRows;

    /** A table of its head alone. One head for each column, of one line or two with {@code \n} between them. */
    public Grid(String... heads) {
        columns = heads.length;
        String[] upper = new String[columns];
        String[] lower = new String[columns];
        for (int i = 0; i < columns; i++) {
            int end = heads[i].indexOf('\n');
            upper[i] = end < 0 ? heads[i] : heads[i].substring(0, end);
            lower[i] = end < 0 ? "" : heads[i].substring(end + 1);
        }
        rows.add(upper);
        if (String.join("", lower).isEmpty()) {
            headRows = 1;
        } else {
            rows.add(lower);
            headRows = 2;
        }
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column; shown by {@code String.valueOf}
     * @return this
     */
    public Grid row(Object... cells) {
        String[] row = new String[columns];
        for (int i = 0; i < columns; i++) {
            row[i] = String.valueOf(cells[i]);
        }
        rows.add(row);
        return this;
    }

    /** The whole table, line by line, without line ends. */
    public List<String> lines() {
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(rule(widths, "┌", "┬", "┐"));
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder("│");
            for (int i = 0; i < columns; i++) {
                String blanks = " ".repeat(widths[i] - row[i].length());
                line.append(' ').append(i == 0 ? row[i] + blanks : blanks + row[i]).append(" │");
            }
            lines.add(line.toString());
            if (row == rows.get(headRows - 1)) {
                lines.add(rule(widths, "├", "┼", "┤"));
            }
        }
        lines.add(rule(widths, "└", "┴", "┘"));
        return lines;
    }

    private static String rule(int[] widths, String left, String middle, String right) {
        List<String> parts = new ArrayList<>();
        for (int width : widths) {
            parts.add("─".repeat(width + 2));
        }
        return left + String.join(middle, parts) + right;
    }
}
