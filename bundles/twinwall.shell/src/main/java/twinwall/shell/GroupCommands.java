/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import twinwall.group.GroupStatus;
import twinwall.group.HotStandbyGroup;
import twinwall.group.TableStatus;

/**
 * The commands of scope {@code twinwall}. They stay while the engine comes and goes, and say so when there is none. Any number of
 * shells may call them at a time. Those that wait do so for two minutes at most, and an interrupt (Ctrl-C) ends the wait, not the work.
 */
@Component(service = GroupCommands.class, property = {"osgi.command.scope=twinwall", "osgi.command.function=status",
    "osgi.command.function=tables", "osgi.command.function=entries", "osgi.command.function=handlers", "osgi.command.function=links",
    "osgi.command.function=losses", "osgi.command.function=splitbrains", "osgi.command.function=sync", "osgi.command.function=check",
    "osgi.command.function=switchover", "osgi.command.function=quickbackup"})
public final class GroupCommands {

    private static final long PATIENCE_SECONDS = 120;
    private static final String NO_ENGINE = "The hot standby group is not running here: no engine is started. The firewall's log says why.";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile HotStandbyGroup group;

    /** For the component runtime. */
    public GroupCommands() {
    }

    GroupCommands(HotStandbyGroup group) {
        this.group = group;
    }

    /** The group at a glance. */
    @Descriptor("roles, readiness, links, and what a failover would cost now")
    public String status() {
        return shown(status -> StatusText.of(status, Instant.now()));
    }

    /** Every service table. */
    @Descriptor("every service table: entries, lag, what is at risk, drift")
    public String tables() {
        return shown(status -> Pages.tables(status.tables()));
    }

    /** One service table. */
    @Descriptor("one service table: entries, lag, what is at risk, drift")
    public String tables(@Descriptor("its type") String type) {
        return shown(status -> {
            List<TableStatus> found = status.tables().stream().filter(table -> table.type().equals(type)).toList();
            return found.isEmpty() ? unknown(type, status) : Pages.tables(found);
        });
    }

    /** Entries of a table. */
    @Descriptor("entries of a table that are due for backup, by key")
    public String entries(
            @Descriptor("how many at most, 1 to 10000") @Parameter(names = {"-n", "--limit"}, absentValue = "20") int limit,
            @Descriptor("go on after the entry with this key") @Parameter(names = {"-a", "--after"}, absentValue = "") String after,
            @Descriptor("the table's type") String type) {
        HotStandbyGroup present = group;
        if (present == null) {
            return NO_ENGINE;
        }
        try {
            return Pages.entries(present.entries(type, limit, after), limit);
        } catch (IllegalArgumentException e) {
            return e.getMessage() + "\n" + unknown(type, present.status());
        }
    }

    /** Who backs up the tables. */
    @Descriptor("the handler of each table on both firewalls: state, bundle, version, schema, since when")
    public String handlers() {
        return shown(Handlers::page);
    }

    /** The heartbeat links. */
    @Descriptor("the heartbeat links")
    public String links() {
        return shown(status -> Pages.links(status.links()));
    }

    /** The loss ledger. */
    @Descriptor("what failovers have cost")
    public String losses() {
        return shown(status -> Pages.losses(status.losses()));
    }

    /** Times at which both firewalls were active. */
    @Descriptor("for how long both firewalls were active, and whose entries stayed")
    public String splitbrains() {
        return shown(status -> Pages.splitBrains(status.splitBrains()));
    }

    /** Copies every table again. */
    @Descriptor("copies every table again, both ways")
    public String sync() {
        return verdict(HotStandbyGroup::sync, Pages::verdict);
    }

    /** Compares contents. */
    @Descriptor("compares the contents of every table with the peer's and repairs what differs")
    public String check() {
        return verdict(HotStandbyGroup::check, Pages::check);
    }

    /** Hands the active role to the peer. */
    @Descriptor("hands the active role to the peer once it has everything")
    public String switchover() {
        return verdict(HotStandbyGroup::switchover, Pages::verdict);
    }

    /** Switches quick backup on both firewalls until the next restart. */
    @Descriptor("switches quick backup on both firewalls, until the next restart")
    public String quickbackup(@Descriptor("true or false") boolean on) {
        return verdict(present -> present.quickBackup(on), Pages::verdict);
    }

    private String shown(Function<GroupStatus, String> page) {
        HotStandbyGroup present = group;
        return present == null ? NO_ENGINE : page.apply(present.status());
    }

    private static String unknown(String type, GroupStatus status) {
        return "'" + type + "' is none of the tables here: " + String.join(", ", status.tables().stream().map(TableStatus::type).toList());
    }

    private <T> String verdict(Function<HotStandbyGroup, CompletionStage<T>> command, Function<T, String> page) {
        HotStandbyGroup present = group;
        if (present == null) {
            return NO_ENGINE;
        }
        try {
            return page.apply(command.apply(present).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            return "No verdict within " + PATIENCE_SECONDS + " s. It may still happen: status shows how things are.";
        } catch (ExecutionException e) {
            return "Failed: " + e.getCause() + ". The firewall goes on.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "No longer waited for. It may still happen: status shows how things are.";
        }
    }
}
