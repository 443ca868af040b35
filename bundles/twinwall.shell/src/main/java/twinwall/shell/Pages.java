/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import java.util.List;
import java.util.Map;

import twinwall.group.CheckReport;
import twinwall.group.EntryView;
import twinwall.group.GroupStatus;
import twinwall.group.TableStatus;
import twinwall.group.Verdict;

/** What the commands show of tables, links, losses, split brains and verdicts. */
final class Pages {

    private Pages() {
    }

    static String tables(List<TableStatus> tables) {
        Columns columns = new Columns("TABLE", "ENTRIES", "LAG", "LAG MS", "AT RISK", "NOT DUE", "DRIFT", "HANDLER", "PEER'S",
                "IN SYNC", "");
        for (TableStatus table : tables) {
            if (table.backedUp()) {
                columns.row(table.type(), table.entries(), table.lag(), table.lagMillis(), table.atRisk(), known(table.notDue()),
                        known(table.drift()), Handlers.version(table.state(), table.handler()),
                        Handlers.version(table.peerState(), table.peerHandler()), table.inSync() ? "yes" : "no", table.detail());
            } else {
                columns.row(table.type(), table.entries(), "-", "-", table.atRisk(), "-", "-", "-", "-", "not backed up", table.detail());
            }
        }
        return columns.text();
    }

    private static Object known(long number) {
        return number < 0 ? "?" : number;
    }

    static String links(List<GroupStatus.LinkStatus> links) {
        Columns columns = new Columns("LINK", "STATE", "TLS", "SENT", "RECEIVED", "REFUSED", "");
        for (GroupStatus.LinkStatus link : links) {
            columns.row(link.name(), StatusText.label(link.state()) + (link.heartbeatOnly() ? " (heartbeat only)" : ""),
                    link.confidential() ? "yes" : "no", link.bytesSent(), link.bytesReceived(), reasons(link.refused()), link.detail());
        }
        return columns.text();
    }

    static String losses(List<GroupStatus.Loss> losses) {
        if (losses.isEmpty()) {
            return "No failover since this firewall started.";
        }
        StringBuilder text = new StringBuilder();
        for (GroupStatus.Loss loss : losses) {
            text.append(loss.at()).append("  ").append(loss.cause()).append('\n');
            loss.tables().forEach((type, lost) -> text.append("  ").append(type).append(": ").append(lost.exact() ? "" : "at most ")
                    .append(lost.lost()).append(" lost\n"));
        }
        return text.toString();
    }

    static String splitBrains(List<GroupStatus.SplitBrain> splits) {
        if (splits.isEmpty()) {
            return "Never were both firewalls active since this one started.";
        }
        StringBuilder text = new StringBuilder();
        for (GroupStatus.SplitBrain split : splits) {
            text.append(split.at()).append("  both active for ").append(split.durationMillis()).append(" ms, ").append(split.yielded())
                    .append(" yielded: ").append(split.rule()).append('\n');
            split.tables().forEach((type, resolved) -> text.append("  ").append(type).append(": both had changed ")
                    .append(resolved.kept() + resolved.taken()).append(", ").append(resolved.kept()).append(" are as here, ")
                    .append(resolved.taken()).append(" as on the peer\n"));
        }
        return text.toString();
    }

    static String entries(List<EntryView> entries, int limit) {
        StringBuilder text = new StringBuilder();
        for (EntryView entry : entries) {
            text.append(entry.key()).append("  ").append(pairs(entry.fields())).append('\n');
        }
        if (entries.size() == limit) {
            text.append("There may be more: --after ").append(entries.get(limit - 1).key()).append('\n');
        }
        return text.isEmpty() ? "No entries." : text.toString();
    }

    private static String pairs(Map<String, ?> values) {
        return String.join(" ", values.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList());
    }

    private static String reasons(Map<String, Long> counts) {
        return counts.isEmpty() ? "0" : pairs(counts);
    }

    static String verdict(Verdict verdict) {
        Columns columns = new Columns("TABLE", "CONFIRMED", "LEFT", "WAITED MS");
        verdict.tables().forEach(table -> columns.row(table.type(), table.confirmed(), table.left(), table.waitedMillis()));
        return (verdict.done() ? "Done: " : "NOT done: ") + verdict.message() + " (" + verdict.waitedMillis() + " ms)\n" + columns.text();
    }

    static String check(CheckReport report) {
        Columns columns = new Columns("TABLE", "COMPARED", "DIFFERING", "REPAIRED", "DRIFT", "MS", "");
        report.tables().forEach(table -> columns.row(table.type(), known(table.compared()), table.differing(), table.repaired(),
                known(table.drift()), table.durationMillis(), table.detail()));
        return report.message() + " (" + report.waitedMillis() + " ms)\n" + columns.text();
    }
}
