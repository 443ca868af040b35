/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import twinwall.group.GroupStatus;
import twinwall.group.TableStatus;

/** The group at a glance: roles, readiness, links, and what a failover would cost now. */
final class StatusText {

    private StatusText() {
    }

    static String of(GroupStatus status, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(status.firewall() + " is " + status.role().label() + " for " + age(status.roleSince(), now) + ": " + status.roleReason());
        lines.add("priority " + status.priority() + (status.priority() == status.configuredPriority() ? ""
                : " of " + status.configuredPriority()) + ", " + label(status.networking()) + ", quick backup "
                + (status.quickBackup() ? "on" : "off"));
        status.failedItems().forEach(item -> lines.add("does not work: " + item));
        lines.add(status.ready() ? "ready" : "not ready:");
        status.notReady().forEach(why -> lines.add("  " + why));
        lines.add(peer(status.peer()));
        status.outlook().forEach(lines::add);
        status.links().forEach(link -> lines.add("link " + link.name() + ": " + label(link.state())));
        lines.add(tables(status));
        String differing = Handlers.differing(status);
        if (!differing.isEmpty()) {
            lines.add(differing);
        }
        lines.add(cost(status.failoverCost()));
        return String.join("\n", lines);
    }

    private static String peer(GroupStatus.PeerStatus peer) {
        return peer.role() == null ? "peer " + peer.firewall() + " was never heard"
                : "peer " + peer.firewall() + " is " + peer.role().label() + (peer.ready() ? ", ready" : ", not ready") + ", last heard "
                + peer.lastHeardMillis() + " ms ago";
    }

    private static String tables(GroupStatus status) {
        List<TableStatus> backedUp = status.tables().stream().filter(TableStatus::backedUp).toList();
        List<String> behind = backedUp.stream().filter(table -> !table.inSync()).map(TableStatus::type).toList();
        return backedUp.size() - behind.size() + " of " + backedUp.size() + " tables in sync"
                + (behind.isEmpty() ? "" : "; not: " + String.join(", ", behind));
    }

    private static String cost(GroupStatus.FailoverCost cost) {
        return "a failover now would lose " + cost.atRisk() + " entries at risk, " + cost.notDue() + " not yet due, " + cost.local()
                + " of tables that are not backed up";
    }

    /** A constant as people read it. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For example {@code 3 d 4 h}, {@code 12 min 5 s}, {@code 7 s}. */
    static String age(Instant since, Instant now) {
        Duration age = Duration.between(since, now);
        if (age.toDays() > 0) {
            return age.toDays() + " d " + age.toHoursPart() + " h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h " + age.toMinutesPart() + " min";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min " + age.toSecondsPart() + " s" : Math.max(0, age.toSeconds()) + " s";
    }
}
