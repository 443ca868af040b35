/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import static twinwall.run.report.Paragraph.count;
import static twinwall.run.report.Paragraph.wrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import twinwall.run.report.Grid;
import twinwall.run.report.Paragraph;

/** The result for people: what happened, what it cost, why it matters. At most 100 columns. */
final class TextReport {

    private static final int BAR = 64;
    private static final String INDENT = "  ";

    private final Result result;
    private final boolean colour;
    private final List<String> lines = new ArrayList<>();

    private TextReport(Result result, boolean colour) {
        this.result = result;
        this.colour = colour;
    }

    /**
     * Writes the report.
     *
     * @param colour with the escape sequences of ANSI terminals
     */
    static String of(Result result, boolean colour) {
        return new TextReport(result, colour).write();
    }

    private String write() {
        heading();
        section("What happened");
        result.timeline().forEach(event -> line(event.toString()));
        section("What it cost, in packets");
        grid(costs());
        explainCosts();
        section("What FW_B knew when FW_A died");
        grid(tables());
        explainTables();
        remarks();
        closing();
        return String.join(System.lineSeparator(), lines);
    }

    private void heading() {
        String kind = result.translated() ? ", private IPv4 addresses translated (NAPT)" : "";
        lines.add(bold(String.format(Locale.ROOT, "%s: %d packets, %s, %.1f s%s", result.capture(), result.packets(),
                count(result.flows(), "conversation"), result.seconds(), kind)));
        lines.add("");
        int left = result.packets() == 0 ? 0 : (int) ((long) BAR * result.failPoint() / result.packets());
        lines.add(INDENT + "FW_A " + "━".repeat(left) + red("✗") + " ".repeat(BAR - left) + "  killed after packet " + result.failPoint());
        lines.add(INDENT + "FW_B " + "┄".repeat(left) + " " + "━".repeat(BAR - left) + "  active " + result.takeoverMillis() + " ms later");
    }

    private Grid costs() {
        int after = result.packets() - result.failPoint();
        Grid grid = new Grid("", "forwarded\nof " + result.packets(), "after the kill\nof " + after, "dropped for want\nof an entry",
                "of those\nnot yet due");
        grid.row("a firewall that never fails", result.uninterrupted(), result.uninterruptedAfter(), "-", "-");
        Cost with = result.withBackup();
        grid.row("failover with backup", with.forwarded(), with.forwardedAfter(), with.dropped(), with.notYetDue());
        Cost without = result.withoutBackup();
        grid.row("failover without backup", without.forwarded(), without.forwardedAfter(), without.dropped(), "-");
        return grid;
    }

    private void explainCosts() {
        if (!result.dropReasons().isEmpty()) {
            String reasons = result.dropReasons().entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .map(entry -> entry.getValue() + " " + entry.getKey()).collect(Collectors.joining(", "));
            paragraph("The firewall's rules, not the failover, keep back the other " + (result.packets() - result.uninterrupted()) + ": "
                    + reasons + ".");
        }
        if (result.withBackup().notYetDue() > 0) {
            paragraph("Not yet due: packets of half-open TCP connections, of UDP before the client's second packet, and of pings. By "
                    + "default they are not worth a backup; with --quick-backup they are.");
        }
        int more = result.withBackup().forwarded() - (result.uninterrupted() - result.withBackup().dropped());
        if (more > 0) {
            paragraph("FW_B let " + count(more, "packet") + " through that a firewall that never fails holds back: it checks a connection "
                    + "that it took over less strictly until it has seen both sides.");
        }
        if (result.withBackup().lost() > 0) {
            paragraph("Lost with backup: " + result.withBackup().lost() + " packets, beginning with number "
                    + result.withBackup().lostPackets().stream().map(packet -> String.valueOf(packet + 1)).collect(Collectors.joining(", "))
                    + ".");
        }
    }

    private Grid tables() {
        Grid grid = new Grid("service table", "on FW_A", "not yet due", "on FW_B", "kept", "lost");
        for (TableCount table : result.tables()) {
            grid.row(table.type(), table.onA(), table.notYetDue(), table.onB(), table.kept(), table.lost());
        }
        return grid;
    }

    private void explainTables() {
        int local = result.tables().stream().mapToInt(TableCount::localByDesign).sum();
        if (local > 0) {
            paragraph("Kept: on FW_B with the same content. " + count(local, "dynamic blacklist entry", "dynamic blacklist entries")
                    + " stayed on FW_A by design and " + (local == 1 ? "is" : "are") + " not counted.");
        }
    }

    private void remarks() {
        if (!result.remarks().isEmpty()) {
            section("Remarks");
            result.remarks().forEach(this::paragraph);
        }
    }

    private void closing() {
        int after = result.uninterruptedAfter();
        Cost with = result.withBackup();
        Cost without = result.withoutBackup();
        StringBuilder text = new StringBuilder();
        text.append("FW_A was killed after packet ").append(result.failPoint()).append(" of ").append(result.packets())
                .append(". FW_B took over in ").append(result.takeoverMillis()).append(" ms. With backup ")
                .append(with.dropped() == 0 ? "no packet was" : count(with.dropped(), "packet was", "packets were")).append(" dropped");
        if (with.dropped() > 0) {
            String session = with.dropped() == 1 ? "a session" : "sessions";
            text.append(with.lost() == 0 ? ", of " + session + " not yet due" : ", " + with.lost() + " of them lost");
        }
        text.append("; without it ").append(without.dropped()).append(" of ").append(after).append(" would have been");
        if (without.dropped() > 0) {
            text.append(": ").append(hit(without)).append(" would have hung");
        }
        text.append('.');
        lines.add("");
        wrap(text.toString()).forEach(line -> lines.add(bold(line)));
        int lost = result.lost();
        lines.add(lost == 0 ? green("Nothing that was due for backup was lost.")
                : red("LOST: " + count(TableCount.lost(result.tables()), "entry", "entries") + " and " + count(with.lost(), "packet")
                        + " that should have survived."));
    }

    private static String hit(Cost cost) {
        String connections = count(cost.connections(), "TCP connection");
        String others = count(cost.conversations(), "other conversation");
        return cost.connections() == 0 ? others : cost.conversations() == 0 ? connections : connections + " and " + others;
    }

    private void section(String title) {
        lines.add("");
        lines.add(bold(title));
    }

    private void grid(Grid grid) {
        grid.lines().forEach(this::line);
    }

    private void paragraph(String text) {
        wrap(text).forEach(this::line);
    }

    private void line(String text) {
        lines.add(INDENT + text);
    }

    private String bold(String text) {
        return Paragraph.bold(text, colour);
    }

    private String red(String text) {
        return Paragraph.red(text, colour);
    }

    private String green(String text) {
        return Paragraph.green(text, colour);
    }
}
