/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import twinwall.firewall.ConfirmStatus;
import twinwall.group.GroupStatus;
import twinwall.group.GroupStatus.LinkState;
import twinwall.group.Role;
import twinwall.group.TableStatus;

/** The status as metrics in the Prometheus text format 0.0.4. What is not known has no sample. */
final class MetricsPage {

    private final MetricsText text = new MetricsText();

    private MetricsPage() {
    }

    /** Status null while no group runs here; what the firewall has refused, by the counter's name; confirm null while nobody tells. */
    static String of(GroupStatus status, Map<String, Refusals> refused, ConfirmStatus confirm) {
        MetricsPage page = new MetricsPage();
        page.text.gauge("engine_running", "Whether the hot standby group runs here.").sample(status == null ? 0 : 1);
        Runtime java = Runtime.getRuntime();
        page.text.gauge("heap_used_bytes", "Heap in use, garbage included.").sample(java.totalMemory() - java.freeMemory());
        page.text.gauge("heap_max_bytes", "What the heap may grow to.").sample(java.maxMemory());
        if (status != null) {
            page.group(status);
            page.links(status);
            page.tables(status);
            page.losses(status);
        }
        refused.forEach(page::refused);
        if (confirm != null) {
            page.confirm(confirm);
        }
        return page.text.toString();
    }

    private void group(GroupStatus status) {
        text.gauge("firewall_info", "Names and networking of this firewall; always 1.").sample(1, "firewall", status.firewall(),
            "networking", JsonText.name(status.networking()), "peer", status.peer() == null ? "" : status.peer().firewall());
        text.gauge("role", "1 for the present role.");
        for (Role role : Role.values()) {
            text.sample(role == status.role() ? 1 : 0, "role", JsonText.name(role));
        }
        if (status.roleSince() != null) {
            text.gauge("role_since_timestamp_seconds", "When the present role began.").sample(status.roleSince().toEpochMilli() / 1000.0);
        }
        text.gauge("ready", "Whether a failover to this firewall would find every table in sync.").sample(status.ready() ? 1 : 0);
        text.gauge("quick_backup", "Whether quick backup is on.").sample(status.quickBackup() ? 1 : 0);
        text.gauge("priority", "The higher becomes active.").sample(status.priority());
        if (status.peer() != null && status.peer().lastHeardMillis() >= 0) {
            text.gauge("peer_ready", "Whether the peer says it is ready.").sample(status.peer().ready() ? 1 : 0);
            text.gauge("peer_last_heard_seconds", "Time since the peer's last hello.").sample(status.peer().lastHeardMillis() / 1000.0);
        }
        text.gauge("monitored_item_up", "Whether a monitored item works; each that does not lowers the priority by 2.");
        status.monitoredItems().forEach(item -> text.sample(item.works() ? 1 : 0, "item", item.name()));
        text.counter("dropped_total", "Messages and changes dropped, by reason.");
        status.dropped().forEach((reason, count) -> text.sample(count, "reason", reason));
    }

    private void links(GroupStatus status) {
        text.gauge("link_state", "1 for the present state of a heartbeat link.");
        for (GroupStatus.LinkStatus link : status.links()) {
            for (LinkState state : LinkState.values()) {
                text.sample(state == link.state() ? 1 : 0, "link", link.name(), "state", JsonText.name(state));
            }
        }
        text.gauge("link_confidential", "Whether the link is protected by TLS.");
        status.links().forEach(link -> text.sample(link.confidential() ? 1 : 0, "link", link.name()));
        text.counter("link_sent_bytes_total", "Bytes handed to the network, encryption included.");
        status.links().forEach(link -> text.sample(link.bytesSent(), "link", link.name()));
        text.counter("link_received_bytes_total", "Bytes taken from the network, encryption included.");
        status.links().forEach(link -> text.sample(link.bytesReceived(), "link", link.name()));
        text.counter("link_refused_total", "Connections closed by this side, by reason.");
        status.links().forEach(link -> link.refused()
            .forEach((reason, count) -> text.sample(count, "link", link.name(), "reason", reason)));
    }

    private void tables(GroupStatus status) {
        List<TableStatus> backedUp = status.tables().stream().filter(TableStatus::backedUp).toList();
        text.gauge("table_backed_up", "Whether the table is backed up at all.");
        perTable(status.tables(), table -> table.backedUp() ? 1 : 0);
        text.gauge("table_entries", "Entries here that are due for backup; all entries of a table that is not backed up.");
        perTable(status.tables(), TableStatus::entries);
        text.gauge("table_lag_entries", "Entries whose last state the peer has not confirmed.");
        perTable(backedUp, TableStatus::lag);
        text.gauge("table_lag_seconds", "Age of the oldest unconfirmed entry.");
        perTable(backedUp, table -> table.lagMillis() / 1000.0);
        text.gauge("table_at_risk_entries", "Entries lost if this firewall died now; all of a table that is not backed up.");
        perTable(status.tables(), TableStatus::atRisk);
        text.gauge("table_drift_entries", "Entries found to differ from the peer by digest; no sample while not compared.");
        perTable(backedUp, table -> table.drift() < 0 ? Double.NaN : table.drift());
        text.gauge("table_in_sync", "Whether the peer has the whole table and follows its changes.");
        perTable(backedUp, table -> table.inSync() ? 1 : 0);
        text.counter("table_changes_sent_total", "Changes sent to the peer.");
        perTable(backedUp, TableStatus::changes);
        text.counter("table_sent_bytes_total", "Bytes sent to the peer for this table, before encryption.");
        perTable(backedUp, TableStatus::bytes);
        text.counter("table_applied_total", "Entries applied from the peer.");
        perTable(backedUp, TableStatus::applied);
        text.counter("table_conflicts_total", "Entries that both firewalls had changed.");
        perTable(backedUp, TableStatus::conflicts);
        text.gauge("table_not_due_entries", "Entries here that are not due for backup, so not on the peer; no sample while not known.");
        perTable(backedUp, table -> table.notDue() < 0 ? Double.NaN : table.notDue());
        text.counter("table_refused_entries_total", "Entries of the peer that this firewall did not take, by reason.");
        backedUp.forEach(table -> table.refused()
            .forEach((reason, count) -> text.sample(count, "table", table.type(), "reason", reason)));
        text.gauge("table_kept_entries", "Entries of the peer that are kept because no handler is here.");
        perTable(backedUp, TableStatus::kept);
        prices(backedUp);
        failoverCost(status.failoverCost());
        text.gauge("table_handler_info", "The handler in use; always 1.");
        status.tables().stream().filter(table -> table.handler() != null).forEach(table -> text.sample(1, "table", table.type(),
            "bundle", table.handler().bundle(), "version", table.handler().version(),
            "schema", Integer.toString(table.handler().schema())));
    }

    private void prices(List<TableStatus> backedUp) {
        text.counter("table_quick_only_changes_total", "Changes sent that only quick backup causes.");
        perTable(backedUp, table -> table.price().onlyQuickChanges());
        text.counter("table_quick_only_sent_bytes_total", "Bytes sent that only quick backup causes, before encryption.");
        perTable(backedUp, table -> table.price().onlyQuickBytes());
        text.gauge("table_backup_cpu_ratio", "Part of a core spent on reporting and sending changes, estimated, over the last seconds.");
        perTable(backedUp, table -> table.price().cpuMicrosPerSecond() / 1e6);
        text.gauge("table_quick_only_backup_cpu_ratio", "The part of that which only quick backup causes.");
        perTable(backedUp, table -> table.price().onlyQuickCpuMicrosPerSecond() / 1e6);
        text.gauge("table_apply_cpu_ratio", "Part of a core spent on applying the peer's changes, estimated, over the last seconds.");
        perTable(backedUp, table -> table.price().applyCpuMicrosPerSecond() / 1e6);
    }

    private void failoverCost(GroupStatus.FailoverCost cost) {
        text.gauge("failover_cost_entries", "Entries that the peer would not have after a failover now, by why.");
        text.sample(cost.atRisk(), "why", "at-risk");
        text.sample(cost.notDue(), "why", "not-due");
        text.sample(cost.local(), "why", "local");
    }

    private void perTable(List<TableStatus> tables, ToDoubleFunction<TableStatus> value) {
        for (TableStatus table : tables) {
            double number = value.applyAsDouble(table);
            if (!Double.isNaN(number)) {
                text.sample(number, "table", table.type());
            }
        }
    }

    /** The names are the firewall's: what must not be in a metric's name is replaced. */
    private void refused(String name, Refusals counter) {
        text.counter("firewall_" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_") + "_total",
            counter.meaning().replaceAll("\\s", " "));
        counter.counts().forEach((reason, count) -> text.sample(count, "reason", reason));
    }

    private void confirm(ConfirmStatus confirm) {
        text.gauge("confirm_state", "Confirm before forward: 1 for the present state.");
        for (String state : List.of("off", "holding", "needs-quick-backup", "no-peer", "peer-slow")) {
            text.sample(state.equals(confirm.state()) ? 1 : 0, "state", state);
        }
        text.gauge("confirm_waiting_frames", "Frames that wait for the peer.").sample(confirm.waiting());
        text.counter("confirm_total", "What became of sessions and frames that confirm before forward held, by outcome.");
        confirm.counts().forEach((name, count) -> text.sample(count, "outcome", name));
        text.gauge("confirm_wait_seconds", "How long the latest confirmed sessions waited, by percentile.");
        text.sample(confirm.p50Micros() / 1e6, "quantile", "0.5");
        text.sample(confirm.p99Micros() / 1e6, "quantile", "0.99");
    }

    private void losses(GroupStatus status) {
        Map<String, Long> lost = new HashMap<>();
        status.losses().forEach(loss -> loss.tables().forEach((type, table) -> lost.merge(type, table.lost(), Long::sum)));
        text.gauge("split_brains", "Times that both firewalls were active, in the list of them.").sample(status.splitBrains().size());
        text.gauge("losses", "Failovers and crashes in the loss ledger.").sample(status.losses().size());
        text.gauge("lost_entries", "Entries lost by all of them, at most.");
        lost.keySet().stream().sorted().forEach(type -> text.sample(lost.get(type), "table", type));
    }
}
