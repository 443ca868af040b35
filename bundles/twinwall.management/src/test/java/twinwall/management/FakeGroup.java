/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import twinwall.group.BackupPrice;
import twinwall.group.CheckReport;
import twinwall.group.EntryView;
import twinwall.group.GroupStatus;
import twinwall.group.GroupStatus.LinkState;
import twinwall.group.GroupStatus.LinkStatus;
import twinwall.group.GroupStatus.Loss;
import twinwall.group.GroupStatus.MonitoredItemStatus;
import twinwall.group.GroupStatus.PeerStatus;
import twinwall.group.GroupStatus.Resolved;
import twinwall.group.GroupStatus.SplitBrain;
import twinwall.group.GroupStatus.TableLoss;
import twinwall.group.HandlerState;
import twinwall.group.HotStandbyGroup;
import twinwall.group.Networking;
import twinwall.group.Role;
import twinwall.group.TableStatus;
import twinwall.group.TableStatus.HandlerStatus;
import twinwall.group.Verdict;

/** A group whose answers a test decides. */
final class FakeGroup implements HotStandbyGroup {

    volatile Role role = Role.ACTIVE;
    volatile String firewall = "fw-a";
    volatile PeerStatus peer = new PeerStatus("fw-b", Role.STANDBY, true, 45000, 120, 1000, 5);
    volatile CompletionStage<Verdict> verdict = CompletableFuture.completedFuture(new Verdict(true, "fw-b is active", 12));
    volatile RuntimeException failure;
    volatile CheckReport report = new CheckReport(true, "1 of 1 tables are equal on both firewalls.", 600,
        List.of(new CheckReport.TableCheck("napt", 3, 1, 1, 0, 40, "")));
    final List<String> commands = new ArrayList<>();
    final List<EntryView> entries = new ArrayList<>();

    @Override
    public GroupStatus status() {
        if (failure != null) {
            throw failure;
        }
        return new GroupStatus(firewall, Networking.ACTIVE_STANDBY, role, true, List.of(), false, 44998, 45000,
            List.of("interface eth1: no carrier"), List.of("fw-b preempts in 43 s."),
            Instant.parse("2026-11-22T10:00:00Z"), "higher priority", peer,
            List.of(new LinkStatus("a", LinkState.PEER_DOWN, false, "127.0.0.1:7400", true, 10, 20, Map.of("not-tls", 3L))),
            List.of(new MonitoredItemStatus("interface eth1", false, "no carrier", Instant.parse("2026-11-22T09:30:00Z")),
                new MonitoredItemStatus("router", true, "", Instant.parse("2026-11-22T08:00:00Z"))),
            List.of(new TableStatus("ipv4-session", true, 7, 2, 1500, 2, -1, true, "", 9, 900, 1, 0, 4,
                    Map.of("unknown-pool", 6L), new HandlerStatus("twinwall.handler.session.ipv4", "1.0.0", 1,
                        Instant.parse("2026-11-22T09:00:00Z")),
                    new BackupPrice(5000, 100, 4000, 250, 75, 3100, 200, 20, 40, 12.5, 700, 29_000), 0,
                    HandlerState.WORKING, HandlerState.WORKING, new HandlerStatus("twinwall.handler.session.ipv4", "1.1.0", 2,
                        Instant.parse("2026-11-22T09:10:00Z"))),
                new TableStatus("napt", true, 3, 0, 0, 3, 0, false, "no handler here", 0, 0, 0, 0, -1, Map.of(), null,
                    BackupPrice.NONE, 5, HandlerState.KEEPING, HandlerState.WORKING, new HandlerStatus("", "", 1, null)),
                new TableStatus("routes", false, 11, 0, 0, 11, -1, false, "learned again in seconds", 0, 0, 0, 0, -1, Map.of(), null,
                    BackupPrice.NONE, 0, null, null, null)),
            List.of(new Loss(Instant.parse("2026-11-22T09:00:00.5Z"), "fw-b died", Map.of("ipv4-session", new TableLoss(4, true)))),
            List.of(new SplitBrain(Instant.parse("2026-11-22T08:30:00Z"), 2500, "fw-b", "priority",
                Map.of("napt", new Resolved(2, 3)))),
            Map.of("unknown-table", 5L));
    }

    @Override
    public CompletionStage<Verdict> switchover() {
        commands.add("switchover");
        return verdict;
    }

    @Override
    public CompletionStage<Verdict> sync() {
        commands.add("sync");
        return verdict;
    }

    @Override
    public CompletionStage<CheckReport> check() {
        commands.add("check");
        return CompletableFuture.completedFuture(report);
    }

    @Override
    public CompletionStage<Verdict> quickBackup(boolean on) {
        commands.add("quick-backup " + on);
        return verdict;
    }

    @Override
    public List<EntryView> entries(String type, int limit, String after) {
        if (!"ipv4-session".equals(type)) {
            throw new IllegalArgumentException("no handler");
        }
        return entries.stream().filter(entry -> entry.key().compareTo(after) > 0).limit(limit).toList();
    }

    void addEntry(String key, String field, Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(field, value);
        entries.add(new EntryView(key, fields));
    }
}
