/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import java.util.ArrayList;
import java.util.List;

import twinwall.run.report.Grid;
import twinwall.run.report.Paragraph;

/** The result for people. */
final class AsymmetricText {

    private static final String INDENT = "  ";

    private AsymmetricText() {
    }

    static String of(AsymmetricResult result, boolean colour) {
        List<String> lines = new ArrayList<>();
        lines.add(Paragraph.bold("Connections whose SYN went through FW_A and whose SYN-ACK came through FW_B", colour));
        Grid grid = new Grid("backup", "path delay", "connections", "established", "lost the\nrace", "SYN in FW_A\np50 / p99",
                "added\np50 / p99");
        Mode before = null;
        for (Measured run : result.runs()) {
            grid.row(run.mode() == before ? "" : run.mode().label(), micros(run.delayMicros()), run.connections(), run.established(),
                    run.lostRace(), micros(run.synMicros(50)) + " / " + micros(run.synMicros(99)), run.mode() == Mode.DEFAULT ? "-"
                    : micros(result.addedMicros(run, 50)) + " / " + micros(result.addedMicros(run, 99)));
            before = run.mode();
        }
        grid.lines().forEach(line -> lines.add(INDENT + line));
        Paragraph.wrap("Path delay: at least so long from the SYN's coming out of FW_A to the SYN-ACK's coming to FW_B; the demo's own "
                + "way adds to it. Lost the race: FW_B dropped the SYN-ACK, because it did not have the session; a firewall must not "
                + "make one of a SYN-ACK. Confirm before forward waited for " + Mode.BOUND_MILLIS + " ms at most."
                + (result.runs().stream().anyMatch(run -> run.mode() == Mode.REDIRECT) ? " Redirect: backup as by default; FW_B gave the "
                + "packets of sessions that it did not have to FW_A, which forwarded them." : ""))
                .forEach(line -> lines.add(INDENT + line));
        others(result, lines);
        lines.add("");
        closing(result).forEach(line -> lines.add(result.confirmed() ? Paragraph.green(line, colour) : Paragraph.red(line, colour)));
        return String.join(System.lineSeparator(), lines);
    }

    private static void others(AsymmetricResult result, List<String> lines) {
        for (Measured run : result.runs()) {
            run.stops().forEach((where, count) -> {
                if (!where.equals(Handshake.LOST_RACE)) {
                    Paragraph.wrap(run.mode().label() + ", " + micros(run.delayMicros()) + ": "
                            + Paragraph.count(count, "connection") + " stopped at the " + where + ".")
                            .forEach(line -> lines.add(INDENT + line));
                }
            });
        }
    }

    private static List<String> closing(AsymmetricResult result) {
        List<String> parts = new ArrayList<>();
        for (Mode mode : result.runs().stream().map(Measured::mode).distinct().toList()) {
            long all = result.runs().stream().filter(run -> run.mode() == mode).mapToLong(Measured::connections).sum();
            long established = result.runs().stream().filter(run -> run.mode() == mode).mapToLong(Measured::established).sum();
            parts.add(mode.label() + ": " + established + " of " + all);
        }
        return Paragraph.wrap("Established, at all delays together - " + String.join("; ", parts) + ".");
    }

    private static String micros(long micros) {
        return micros == 0 ? "0" : Math.abs(micros) < 10_000 ? micros + " us" : micros / 1000 + " ms";
    }
}
