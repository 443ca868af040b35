/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one load did to a pair.
 *
 * @param load the answer of the node that had it
 * @param linkBytes on the link, both ways, TLS included
 * @param cpu of both processes
 * @param tables what each table has sent, by type: differences of counts, and rates at the end of the load
 */
record PriceTrial(Reply load, long linkBytes, Duration cpu, Map<String, Reply> tables, String loadAverage) {

    private static final List<String> TABLES = List.of("ipv4-session", "napt");

    static PriceTrial run(BenchPair pair, String command) throws IOException {
        Map<String, Reply> before = tables(pair.a());
        long linkBefore = link(pair.a().status());
        Duration cpuBefore = pair.a().cpu().plus(pair.b().cpu());
        Reply load = pair.a().ask(command);
        Map<String, Reply> rates = tables(pair.a());
        Map<String, Reply> applying = tables(pair.b());
        Duration cpu = pair.a().cpu().plus(pair.b().cpu()).minus(cpuBefore);
        pair.awaitInSync();
        long linkBytes = link(pair.a().status()) - linkBefore;
        Map<String, Reply> after = tables(pair.a());
        Map<String, Reply> differences = new LinkedHashMap<>();
        for (String table : TABLES) {
            differences.put(table, difference(after.get(table), before.get(table), rates.get(table), applying.get(table)));
        }
        return new PriceTrial(load, linkBytes, cpu, differences, Machine.loadAverage());
    }

    private static long link(Reply status) {
        return status.number("linkSent") + status.number("linkReceived");
    }

    private static Map<String, Reply> tables(BenchNode node) throws IOException {
        Map<String, Reply> replies = new LinkedHashMap<>();
        for (String table : TABLES) {
            replies.put(table, node.ask("price " + table));
        }
        return replies;
    }

    private static Reply difference(Reply after, Reply before, Reply rates, Reply peersRates) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String count : List.of("changes", "bytes", "onlyQuickChanges", "onlyQuickBytes")) {
            values.put(count, Long.toString(after.number(count) - before.number(count)));
        }
        values.put("cpuNanosPerSecond", rates.text("cpuNanosPerSecond"));
        values.put("applyCpuNanosPerSecond", peersRates.text("applyCpuNanosPerSecond"));
        return new Reply(values);
    }

    double flows() {
        return load.number("flows");
    }

    double seconds() {
        return load.number("nanos") / 1e9;
    }

    double cpuMicrosPerFlow() {
        return cpu.toNanos() / 1e3 / flows();
    }

    double linkBytesPerFlow() {
        return linkBytes / flows();
    }

    double safeSessionsPercent() {
        return load.number("safeSessionsPpm") / 1e4;
    }

    double safePacketsPercent() {
        return load.number("safePacketsPpm") / 1e4;
    }

    String summary() {
        return Numbers.text(linkBytesPerFlow()) + " bytes and " + Numbers.text(cpuMicrosPerFlow()) + " us per session, "
                + Numbers.text(safeSessionsPercent()) + " % of open sessions protected";
    }

    /** Rows of this trial, with quick backup, each beside the other, without. */
    List<Row> beside(PriceTrial other, String measure) {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(measure, "bytes on the link per new session, TLS, both ways, quick backup", linkBytesPerFlow(), "bytes")
                .beside("default", other.linkBytesPerFlow()).with("bytesPerSecond", Math.rint(linkBytes / seconds()))
                .with("bytesPerSecondByDefault", Math.rint(other.linkBytes / other.seconds())).with("sessions", load.number("flows"))
                .with("sessionsPerSecond", Math.rint(flows() / seconds())).with("packets", load.number("packets"))
                .with("packetsRefused", load.number("refused")).with("packetsRefusedByDefault", other.load.number("refused"))
                .with("loadAverage", other.loadAverage + " and " + loadAverage));
        rows.add(Row.of(measure, "processor time per new session, both firewalls, quick backup", cpuMicrosPerFlow(), "us")
                .beside("default", other.cpuMicrosPerFlow()).with("cpuPercentOfACore", 100 * cpu.toNanos() / 1e9 / seconds())
                .with("cpuPercentOfACoreByDefault", 100 * other.cpu.toNanos() / 1e9 / other.seconds()));
        rows.add(Row.of(measure, "open sessions that a failover spares, quick backup", safeSessionsPercent(), "%")
                .beside("default", other.safeSessionsPercent()).with("samples", load.number("samples")));
        rows.add(Row.of(measure, "packets still to come that a failover spares, quick backup", safePacketsPercent(), "%")
                .beside("default", other.safePacketsPercent()));
        for (String table : TABLES) {
            rows.addAll(tableRows(other, measure, table));
        }
        return rows;
    }

    private List<Row> tableRows(PriceTrial other, String measure, String table) {
        Reply mine = tables.get(table);
        Reply theirs = other.tables.get(table);
        return List.of(Row.of(measure, table + ": changes sent per new session, quick backup", mine.number("changes") / flows(), "changes")
                .beside("default", theirs.number("changes") / other.flows())
                .with("onlyQuickShown", mine.number("onlyQuickChanges") / flows()),
            Row.of(measure, table + ": bytes sent per new session before TLS, quick backup", mine.number("bytes") / flows(), "bytes")
                .beside("default", theirs.number("bytes") / other.flows()).with("onlyQuickShown", mine.number("onlyQuickBytes") / flows()),
            Row.of(measure, table + ": processor time per new session as the status estimates it, both, quick backup",
                estimate(mine), "us").beside("default", other.estimate(theirs)));
    }

    private double estimate(Reply table) {
        return (table.number("cpuNanosPerSecond") + table.number("applyCpuNanosPerSecond")) / 1e3 / (flows() / seconds());
    }

    /** A point of the curve. */
    Row point(String measure, String what) {
        double changes = tables.values().stream().mapToLong(table -> table.number("changes")).sum();
        return Row.of(measure, what + ", bytes on the link", linkBytes / seconds(), "bytes/s")
                .with("bytesPerSession", linkBytesPerFlow()).with("changesPerSession", changes / flows())
                .with("protectedSessionsPercent", safeSessionsPercent()).with("protectedPacketsPercent", safePacketsPercent())
                .with("cpuMicrosPerSession", cpuMicrosPerFlow()).with("sessionsPerSecond", Math.rint(flows() / seconds()))
                .with("loadAverage", loadAverage);
    }
}
