/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import twinwall.run.report.Grid;
import twinwall.run.report.Paragraph;

/**
 * What a run has found, for people.
 *
 * @param loadBefore the machine's load average when it began
 * @param folder where configuration and logs are kept; null when they are gone
 */
record Report(Options options, List<Row> rows, List<String> remarks, double loadBefore, String folder) {

    /** Load average over a minute. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    /** Whether nothing confirmed was lost and everything was as it should be. */
    boolean held() {
        return rows.stream().allMatch(row -> row != null && row.held());
    }

    String text(boolean colour) {
        Grid grid = new Grid("failure", "rounds", "sessions\nconfirmed", "of them\nlost", "lost\nunconfirmed", "ledger\nsays",
                "packets\nsent", "packets\ndropped", "gap ms\nmedian", "gap ms\nlongest", "verdict");
        for (Row row : rows) {
            grid.row(row.failure().name(), row.rounds(), row.confirmed(), row.lostConfirmed(), row.lostUnconfirmed(),
                    row.ledger() + (row.ledgerExact() ? "" : " at most"), row.packets(), row.dropped(), row.medianGapMillis(),
                    row.longestGapMillis(), row.held() ? "held" : "FAILED");
        }
        List<String> lines = new ArrayList<>();
        lines.add(Paragraph.bold("Failures under traffic, seed " + options.seed(), colour));
        lines.addAll(grid.lines());
        rows.forEach(row -> lines.add("  " + row.failure().name() + ": " + row.failure().about() + "."));
        lines.add("");
        rows.forEach(row -> row.faults().forEach(fault -> lines.add(Paragraph.red(row.failure().name() + ", " + fault, colour))));
        remarks.forEach(remark -> lines.addAll(Paragraph.wrap(remark)));
        lines.addAll(Paragraph.wrap(String.format(Locale.ROOT, "%s. Hellos every %d ms, dead after %d. Load average %.2f before, %.2f "
                + "after; %d processors.", today(), options.timing().helloMillis(), options.timing().helloMisses(), loadBefore, load(),
                Runtime.getRuntime().availableProcessors())));
        if (folder != null) {
            lines.add("Configuration and logs: " + folder);
        }
        lines.add(held() ? Paragraph.green("No confirmed session was lost, and every check held.", colour)
                : Paragraph.red("Not everything held.", colour));
        return String.join("\n", lines);
    }
}
