/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import twinwall.firewall.ConfirmStatus;
import twinwall.group.CheckReport;
import twinwall.group.EntryView;
import twinwall.group.GroupStatus;
import twinwall.group.TableStatus;
import twinwall.group.Verdict;

/**
 * The names of all JSON fields, in the order they are written. Other programs read them: names are added, never changed.
 */
final class StatusJson {

    private StatusJson() {
    }

    /** {@code confirm} may be null. */
    static Map<String, Object> of(GroupStatus status, Map<String, Refusals> firewall, ConfirmStatus confirm) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("firewall", status.firewall());
        json.put("networking", status.networking());
        json.put("role", status.role());
        json.put("ready", status.ready());
        json.put("notReady", status.notReady());
        json.put("quickBackup", status.quickBackup());
        json.put("priority", status.priority());
        json.put("configuredPriority", status.configuredPriority());
        json.put("failedItems", status.failedItems());
        json.put("outlook", status.outlook());
        json.put("roleSince", status.roleSince());
        json.put("roleReason", status.roleReason());
        json.put("peer", status.peer() == null ? null : peer(status.peer()));
        json.put("links", status.links().stream().map(StatusJson::link).toList());
        json.put("monitoredItems", status.monitoredItems().stream().map(StatusJson::monitoredItem).toList());
        json.put("tables", status.tables().stream().map(StatusJson::table).toList());
        json.put("failoverCost", failoverCost(status.failoverCost()));
        json.put("price", PriceJson.of(status.price()));
        json.put("losses", status.losses().stream().map(StatusJson::loss).toList());
        json.put("splitBrains", status.splitBrains().stream().map(StatusJson::splitBrain).toList());
        json.put("dropped", status.dropped());
        Map<String, Object> refused = new LinkedHashMap<>();
        firewall.forEach((name, counter) -> refused.put(name, counter.happened()));
        json.put("firewallRefused", refused);
        if (confirm != null) {
            json.put("confirmBeforeForward", confirm(confirm));
        }
        return json;
    }

    private static Map<String, Object> peer(GroupStatus.PeerStatus peer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("firewall", peer.firewall());
        json.put("role", peer.role());
        json.put("ready", peer.ready());
        json.put("priority", peer.priority());
        json.put("lastHeardMillis", peer.lastHeardMillis());
        json.put("helloIntervalMillis", peer.helloIntervalMillis());
        json.put("helloMisses", peer.helloMisses());
        return json;
    }

    private static Map<String, Object> link(GroupStatus.LinkStatus link) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", link.name());
        json.put("state", link.state());
        json.put("heartbeatOnly", link.heartbeatOnly());
        json.put("detail", link.detail());
        json.put("confidential", link.confidential());
        json.put("bytesSent", link.bytesSent());
        json.put("bytesReceived", link.bytesReceived());
        json.put("refused", link.refused());
        return json;
    }

    private static Map<String, Object> monitoredItem(GroupStatus.MonitoredItemStatus item) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", item.name());
        json.put("works", item.works());
        json.put("failure", item.failure());
        json.put("since", item.since());
        return json;
    }

    static Map<String, Object> check(CheckReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("done", report.done());
        json.put("message", report.message());
        json.put("waitedMillis", report.waitedMillis());
        json.put("tables", report.tables().stream().map(StatusJson::tableCheck).toList());
        return json;
    }

    private static Map<String, Object> tableCheck(CheckReport.TableCheck table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", table.type());
        json.put("compared", table.compared());
        json.put("differing", table.differing());
        json.put("repaired", table.repaired());
        json.put("drift", table.drift());
        json.put("durationMillis", table.durationMillis());
        json.put("detail", table.detail());
        return json;
    }

    private static Map<String, Object> table(TableStatus table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", table.type());
        json.put("backedUp", table.backedUp());
        json.put("entries", table.entries());
        json.put("lag", table.lag());
        json.put("lagMillis", table.lagMillis());
        json.put("atRisk", table.atRisk());
        json.put("drift", table.drift());
        json.put("inSync", table.inSync());
        json.put("detail", table.detail());
        json.put("changes", table.changes());
        json.put("bytes", table.bytes());
        json.put("applied", table.applied());
        json.put("conflicts", table.conflicts());
        json.put("notDue", table.notDue());
        json.put("refused", table.refused());
        json.put("kept", table.kept());
        json.put("handler", handler(table.handler()));
        json.put("state", table.state());
        json.put("peerState", table.peerState());
        json.put("peerHandler", handler(table.peerHandler()));
        json.put("price", table.backedUp() ? PriceJson.of(table.price()) : null);
        return json;
    }

    private static Map<String, Object> handler(TableStatus.HandlerStatus handler) {
        if (handler == null) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bundle", handler.bundle());
        json.put("version", handler.version());
        json.put("schema", handler.schema());
        json.put("since", handler.since());
        return json;
    }

    private static Map<String, Object> confirm(ConfirmStatus confirm) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", confirm.state());
        json.put("why", confirm.why());
        json.put("boundMillis", confirm.boundMillis());
        json.put("waiting", confirm.waiting());
        json.put("counts", confirm.counts());
        json.put("p50Micros", confirm.p50Micros());
        json.put("p99Micros", confirm.p99Micros());
        return json;
    }

    private static Map<String, Object> failoverCost(GroupStatus.FailoverCost cost) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("atRisk", cost.atRisk());
        json.put("notDue", cost.notDue());
        json.put("local", cost.local());
        return json;
    }

    private static Map<String, Object> splitBrain(GroupStatus.SplitBrain split) {
        Map<String, Object> tables = new LinkedHashMap<>();
        split.tables().forEach((type, resolved) -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kept", resolved.kept());
            json.put("taken", resolved.taken());
            tables.put(type, json);
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", split.at());
        json.put("durationMillis", split.durationMillis());
        json.put("yielded", split.yielded());
        json.put("rule", split.rule());
        json.put("tables", tables);
        return json;
    }

    private static Map<String, Object> loss(GroupStatus.Loss loss) {
        Map<String, Object> tables = new LinkedHashMap<>();
        loss.tables().forEach((type, lost) -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("lost", lost.lost());
            json.put("exact", lost.exact());
            tables.put(type, json);
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", loss.at());
        json.put("cause", loss.cause());
        json.put("tables", tables);
        return json;
    }

    static Map<String, Object> entry(EntryView entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", entry.key());
        json.put("fields", entry.fields());
        return json;
    }

    static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("done", verdict.done());
        json.put("message", verdict.message());
        json.put("waitedMillis", verdict.waitedMillis());
        json.put("tables", verdict.tables().stream().map(StatusJson::wait).toList());
        return json;
    }

    private static Map<String, Object> wait(Verdict.TableWait table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", table.type());
        json.put("confirmed", table.confirmed());
        json.put("left", table.left());
        json.put("waitedMillis", table.waitedMillis());
        return json;
    }

    /** Health is read without a token, so it says no more than a load balancer needs. */
    static Map<String, Object> health(GroupStatus status, List<String> why) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("healthy", why.isEmpty());
        json.put("role", status == null ? null : status.role());
        json.put("ready", status != null && status.ready());
        json.put("why", why);
        return json;
    }
}
