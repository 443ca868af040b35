/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import twinwall.firewall.ConfirmReport;
import twinwall.firewall.ConfirmStatus;
import twinwall.firewall.FirewallCounter;
import twinwall.group.EntryView;
import twinwall.group.GroupStatus;
import twinwall.group.HotStandbyGroup;
import twinwall.group.Role;
import twinwall.group.TableStatus;
import twinwall.group.Verdict;

/** What the API answers about the group, or 503 while no engine runs. */
final class GroupPages {

    private static final System.Logger LOG = System.getLogger(ManagementApi.PID);
    private static final int MOST_ENTRIES = 10_000;
    private static final int DEFAULT_ENTRIES = 100;

    private final Supplier<HotStandbyGroup> group;
    private final Supplier<Map<String, FirewallCounter>> counters;
    private final Supplier<ConfirmReport> confirm;
    private final Duration patience;
    /** One command at a time, so that waiting commands cannot take the threads that status and health need. */
    private final Semaphore command = new Semaphore(1);

    /**
     * Answers from the group of the moment.
     *
     * @param group answers null while there is none
     * @param counters what the firewall counts, by name
     * @param confirm answers null while no firewall tells how its confirm before forward does
     * @param patience how long a command may take
     */
    GroupPages(Supplier<HotStandbyGroup> group, Supplier<Map<String, FirewallCounter>> counters, Supplier<ConfirmReport> confirm,
            Duration patience) {
        this.group = group;
        this.counters = counters;
        this.confirm = confirm;
        this.patience = patience;
    }

    Answer status() {
        return withGroup(present -> Answer.json(200, StatusJson.of(present.status(), Refusals.read(counters), confirmStatus())));
    }

    private ConfirmStatus confirmStatus() {
        ConfirmReport present = confirm.get();
        return present == null ? null : present.status();
    }

    Answer entries(String type, Query query) throws BadRequest {
        int limit = query.number("limit", 1, MOST_ENTRIES, DEFAULT_ENTRIES);
        String after = query.text("after", "");
        if (!after.matches("([0-9a-fA-F]{2})*")) {
            throw new BadRequest("Parameter 'after' is '" + after + "'.", "It must be the \"next\" of an earlier answer, or absent.");
        }
        return withGroup(present -> entries(present, type, limit, after));
    }

    private static Answer entries(HotStandbyGroup group, String type, int limit, String after) {
        List<EntryView> entries;
        try {
            entries = group.entries(type, limit, after);
        } catch (IllegalArgumentException e) {
            List<TableStatus> tables = group.status().tables();
            for (TableStatus table : tables) {
                if (table.type().equals(type) && !table.backedUp()) {
                    return Answer.error(409, "Table '" + type + "' is not backed up: " + table.detail(),
                        "Its number of entries is in the status.");
                }
            }
            String known = String.join(", ", tables.stream().filter(TableStatus::backedUp).map(TableStatus::type).toList());
            return Answer.error(404, "No entries of '" + type + "': " + e.getMessage(), "Tables here: " + known + ".");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("entries", entries.stream().map(StatusJson::entry).toList());
        body.put("next", entries.size() < limit ? null : entries.get(entries.size() - 1).key());
        return Answer.json(200, body);
    }

    Answer switchover() {
        return command("switchover", HotStandbyGroup::switchover);
    }

    Answer sync() {
        return command("sync", HotStandbyGroup::sync);
    }

    Answer quickBackup(boolean on) {
        return command("quick-backup", present -> present.quickBackup(on));
    }

    Answer check() {
        return command("check", HotStandbyGroup::check, report -> Answer.json(report.done() ? 200 : 409, StatusJson.check(report)));
    }

    private Answer command(String name, Function<HotStandbyGroup, CompletionStage<Verdict>> call) {
        return command(name, call, verdict -> Answer.json(verdict.done() ? 200 : 409, StatusJson.verdict(verdict)));
    }

    private <T> Answer command(String name, Function<HotStandbyGroup, CompletionStage<T>> call, Function<T, Answer> page) {
        if (!command.tryAcquire()) {
            return Answer.error(409, "Another command is still running.", "Wait for its verdict, then try again.");
        }
        try {
            return withGroup(present -> end(name, call.apply(present), page));
        } finally {
            command.release();
        }
    }

    private <T> Answer end(String name, CompletionStage<T> stage, Function<T, Answer> page) {
        try {
            return page.apply(stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Answer.error(504, "No verdict on " + name + " within " + patience.toSeconds() + " s. It may still happen.",
                "GET /api/status shows how things are.");
        } catch (ExecutionException e) {
            LOG.log(Level.ERROR, "The command " + name + " failed: " + e.getCause() + ". The API goes on.");
            return Answer.error(500, "The command " + name + " failed inside the firewall.", "The firewall's log says why.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error(503, "The management API is stopping.", "Try again when the firewall runs.");
        }
    }

    Answer metrics() {
        HotStandbyGroup present = group.get();
        return Answer.text("text/plain; version=0.0.4; charset=utf-8", MetricsPage.of(present == null ? null : present.status(),
            Refusals.read(counters), confirmStatus()));
    }

    Answer health() {
        HotStandbyGroup present = group.get();
        if (present == null) {
            return Answer.json(503, StatusJson.health(null, List.of("no engine runs: see the firewall's log")));
        }
        GroupStatus status = present.status();
        List<String> why = new ArrayList<>();
        if (status.role() == null || status.role() == Role.INITIALIZING) {
            why.add("the role is not yet known: the peer is being sought");
        }
        return Answer.json(why.isEmpty() ? 200 : 503, StatusJson.health(status, why));
    }

    private Answer withGroup(Function<HotStandbyGroup, Answer> page) {
        HotStandbyGroup present = group.get();
        return present == null
            ? Answer.error(503, "The hot standby group is not running here.", "No engine runs: the firewall's log says why. Try again.")
            : page.apply(present);
    }
}
