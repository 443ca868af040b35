/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import java.util.ArrayList;
import java.util.List;

/** Lines of text in columns as wide as they must be: numbers stand right, all else left. */
final class Columns {

    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] numeric;

    /** Begins with the headings. */
    Columns(String... headings) {
        numeric = new boolean[headings.length];
        rows.add(headings);
    }

    /** One more line, with a cell for each heading. A {@link Number} makes its column one of numbers. */
    Columns row(Object... cells) {
        String[] texts = new String[numeric.length];
        for (int i = 0; i < texts.length; i++) {
            numeric[i] |= cells[i] instanceof Number;
            texts[i] = String.valueOf(cells[i]);
        }
        rows.add(texts);
        return this;
    }

    /** All lines, each with its end of line; nothing when there is none but the headings. */
    String text() {
        if (rows.size() == 1) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(padded(row[i], i)).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private String padded(String cell, int column) {
        int width = rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
        String blanks = " ".repeat(width - cell.length());
        return numeric[column] ? blanks + cell : cell + blanks;
    }
}
