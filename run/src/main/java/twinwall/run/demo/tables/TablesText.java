/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.tables;

import java.util.ArrayList;
import java.util.List;

import twinwall.run.report.Grid;
import twinwall.run.report.Paragraph;

/** What became of the tables, for people. */
final class TablesText {

    private static final String INDENT = "  ";
    private static final int MOST_FAILURES = 4;

    private TablesText() {
    }

    static String of(TablesResult result, boolean colour) {
        List<String> lines = new ArrayList<>();
        lines.add(Paragraph.bold("What FW_B knew and did after FW_A had been killed", colour));
        Grid grid = new Grid("service table", "entries\non FW_A", "entries\non FW_B", "kept", "lost", "packets,\nrequests", "went\nwell");
        for (TableRow row : result.tables()) {
            grid.row(row.type(), row.onA(), row.onB(), row.kept(), row.lost(), row.tried(), row.passed());
        }
        grid.lines().forEach(line -> lines.add(INDENT + line));
        lines.add("");
        lines.add(Paragraph.bold("What was tried on FW_B", colour));
        int width = result.tables().stream().mapToInt(row -> row.type().length()).max().orElse(0);
        result.tables().forEach(row -> lines.add(INDENT + row.type() + " ".repeat(width - row.type().length() + 2) + row.proof()));
        if (!result.local().isEmpty()) {
            lines.add("");
            lines.add(Paragraph.bold("What is not backed up by design, and was lost", colour));
            Grid lost = new Grid("service table", "entries\non FW_A", "entries\non FW_B");
            result.local().forEach(row -> lost.row(row.type(), row.onA(), row.onB()));
            lost.lines().forEach(line -> lines.add(INDENT + line));
            result.local().forEach(row -> Paragraph.wrap(row.type() + ": " + row.reason()).forEach(line -> lines.add(INDENT + line)));
        }
        failures(result, lines, colour);
        lines.add("");
        closing(result).forEach(line -> lines.add(result.survived() ? Paragraph.green(line, colour) : Paragraph.red(line, colour)));
        return String.join(System.lineSeparator(), lines);
    }

    private static void failures(TablesResult result, List<String> lines, boolean colour) {
        for (TableRow row : result.tables()) {
            if (!row.survived()) {
                lines.add("");
                lines.add(Paragraph.red(row.type() + " did not survive:", colour));
                if (row.lost() > 0) {
                    lines.add(INDENT + Paragraph.count(row.lost(), "entry is", "entries are") + " not on FW_B, or with other content.");
                }
                if (row.onA() == 0) {
                    lines.add(INDENT + "FW_A had nothing that was due for backup, or no handler for it.");
                }
                row.failures().stream().limit(MOST_FAILURES).forEach(failure ->
                        Paragraph.wrap("Did not happen: " + failure + ".").forEach(line -> lines.add(INDENT + line)));
                if (row.failures().size() > MOST_FAILURES) {
                    lines.add(INDENT + "and " + (row.failures().size() - MOST_FAILURES) + " more.");
                }
            }
        }
    }

    private static List<String> closing(TablesResult result) {
        long survived = result.tables().stream().filter(TableRow::survived).count();
        int tried = result.tables().stream().mapToInt(TableRow::tried).sum();
        int passed = result.tables().stream().mapToInt(TableRow::passed).sum();
        return Paragraph.wrap("FW_B took over in " + result.takeoverMillis() + " ms. " + survived + " of " + result.tables().size()
                + " tables survived: " + Paragraph.count(result.lost(), "entry", "entries") + " lost, " + passed + " of " + tried
                + " packets and requests went as if FW_A had never failed.");
    }
}
