/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import twinwall.group.BackupPrice;
import twinwall.group.CheckReport;
import twinwall.group.EntryView;
import twinwall.group.GroupStatus;
import twinwall.group.HandlerState;
import twinwall.group.HotStandbyGroup;
import twinwall.group.Networking;
import twinwall.group.Role;
import twinwall.group.TableStatus;
import twinwall.group.Verdict;

/** The group of an active fw-a whose peer lacks one of two tables. */
final class OnePair implements HotStandbyGroup {

    final List<String> commands = new ArrayList<>();

    @Override
    public GroupStatus status() {
        return new GroupStatus("fw-a", Networking.ACTIVE_STANDBY, Role.ACTIVE, true, List.of(), false, 44998, 45000,
                List.of("interface eth1: no carrier"), List.of(), Instant.now().minusSeconds(75), "higher priority",
                new GroupStatus.PeerStatus("fw-b", Role.STANDBY, false, 45000, 120, 1000, 5),
                List.of(new GroupStatus.LinkStatus("a", GroupStatus.LinkState.RUNNING, false, "192.0.2.1:7400", true, 10, 20,
                        Map.of("not-tls", 3L))), List.of(),
                List.of(new TableStatus("napt", true, 1200, 2, 15, 2, 0, true, "", 9, 900, 1, 0, 4, Map.of("unknown-pool", 6L),
                        new TableStatus.HandlerStatus("twinwall.handler.nat.napt", "1.0.0", 1,
                                Instant.parse("2026-11-22T08:00:00Z")), BackupPrice.NONE, 0, HandlerState.WORKING, HandlerState.WORKING,
                        new TableStatus.HandlerStatus("com.vendor.napt", "1.1.0", 2, Instant.parse("2026-11-22T08:30:00Z"))),
                    new TableStatus("shelf", true, 3, 0, 0, 3, -1, false, "waiting for a handler on fw-b", 0, 0, 0, 0, -1, Map.of(),
                        new TableStatus.HandlerStatus("com.vendor.shelf", "1.0.0", 1, Instant.parse("2026-11-22T08:40:00Z")),
                        BackupPrice.NONE, 0, HandlerState.WORKING, HandlerState.KEEPING, null),
                    new TableStatus("routes", false, 11, 0, 0, 11, -1, false, "learned again in seconds", 0, 0, 0, 0, -1, Map.of(), null,
                        BackupPrice.NONE, 0, null, null, null)),
                List.of(new GroupStatus.Loss(Instant.parse("2026-11-22T09:00:00Z"), "fw-b died",
                        Map.of("napt", new GroupStatus.TableLoss(4, false)))),
                List.of(new GroupStatus.SplitBrain(Instant.parse("2026-11-22T08:00:00Z"), 5300, "fw-b", "its priority is lower",
                        Map.of("napt", new GroupStatus.Resolved(3, 2)))), Map.of());
    }

    @Override
    public CompletionStage<Verdict> switchover() {
        commands.add("switchover");
        return CompletableFuture.completedFuture(new Verdict(false, "fw-b is not ready: shelf is not there", 5000,
                List.of(new Verdict.TableWait("napt", 7, 2, 40))));
    }

    @Override
    public CompletionStage<Verdict> sync() {
        commands.add("sync");
        return CompletableFuture.failedFuture(new IllegalStateException("table locked"));
    }

    @Override
    public CompletionStage<CheckReport> check() {
        commands.add("check");
        return CompletableFuture.completedFuture(new CheckReport(true, "1 of 1 tables are equal on both firewalls.", 600,
                List.of(new CheckReport.TableCheck("napt", 1200, 1, 1, 0, 40, ""))));
    }

    @Override
    public CompletionStage<Verdict> quickBackup(boolean on) {
        commands.add("quickbackup " + on);
        return CompletableFuture.completedFuture(new Verdict(true, "Quick backup is on on both firewalls.", 1));
    }

    @Override
    public List<EntryView> entries(String type, int limit, String after) {
        if (!type.equals("napt")) {
            throw new IllegalArgumentException("No handler backs up '" + type + "' here.");
        }
        return List.of(new EntryView("06c0", Map.of("port", 80)), new EntryView("06c1", Map.of("port", 81))).stream()
                .filter(entry -> entry.key().compareTo(after) > 0).limit(limit).toList();
    }
}
