/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The group as one firewall sees it at one moment.
 *
 * @param firewall name of this firewall
 * @param ready a failover to this firewall would find every table in sync (standby, load-balancing), or the peer is not needed (active)
 * @param notReady why {@code ready} is false, one line each; empty when ready
 * @param priority of this firewall: as configured, less 2 for each failed item; may be negative
 * @param configuredPriority of this firewall, with every item working
 * @param failedItems what this firewall monitors and does not work, one line each
 * @param outlook what will become of the roles without anybody doing anything, when, and what it waits for, or why nothing happens
 *     although the priorities differ; one line each, empty when there is nothing to tell
 * @param roleSince when the present role began
 * @param roleReason why
 * @param monitoredItems what this firewall needs to do its work, by name; without those that have not been looked at yet
 * @param tables the backed-up ones by type, then those that are not backed up by type
 * @param losses what failovers have cost, newest last
 * @param splitBrains times at which both firewalls were active, newest last; told when the tables are equal again
 * @param dropped messages and changes dropped since start, by reason
 */
public record GroupStatus(String firewall, Networking networking, Role role, boolean ready, List<String> notReady, boolean quickBackup,
        int priority, int configuredPriority, List<String> failedItems, List<String> outlook, Instant roleSince, String roleReason,
        PeerStatus peer, List<LinkStatus> links, List<MonitoredItemStatus> monitoredItems, List<TableStatus> tables, List<Loss> losses,
        List<SplitBrain> splitBrains, Map<String, Long> dropped) {

    /** What it costs to back the tables up: their prices added up. */
    public BackupPrice price() {
        return tables.stream().map(TableStatus::price).reduce(BackupPrice.NONE, BackupPrice::plus);
    }

    /** What a failover would cost now: the tables' figures added up, as far as they are known. */
    public FailoverCost failoverCost() {
        long atRisk = 0;
        long notDue = 0;
        long local = 0;
        for (TableStatus table : tables) {
            if (table.backedUp()) {
                atRisk += table.atRisk();
                notDue += Math.max(0, table.notDue());
            } else {
                local += Math.max(0, table.entries());
            }
        }
        return new FailoverCost(atRisk, notDue, local);
    }

    /**
     * Entries that the peer would not have after a failover.
     *
     * @param atRisk of backed-up tables, because the peer has not confirmed them
     * @param notDue of backed-up tables, because they are not due for backup
     * @param local of tables that are not backed up
     */
    public record FailoverCost(long atRisk, long notDue, long local) {
    }

    /**
     * The peer, as far as known.
     *
     * @param role null when it was never heard
     * @param priority -1 when it was never heard
     * @param lastHeardMillis since its last hello, -1 when it was never heard
     * @param helloIntervalMillis between two hellos, as both firewalls keep to since they know each other
     * @param helloMisses so many missed in a row and the peer is down
     */
    public record PeerStatus(String firewall, Role role, boolean ready, int priority, long lastHeardMillis, long helloIntervalMillis,
            int helloMisses) {
    }

    /**
     * A heartbeat link.
     *
     * @param heartbeatOnly this firewall or its peer keeps it for hellos: it never carries data
     * @param detail addresses, or why it is of no use just now
     * @param refused connections closed by this side, by reason
     */
    public record LinkStatus(String name, LinkState state, boolean heartbeatOnly, String detail, boolean confidential, long bytesSent,
            long bytesReceived, Map<String, Long> refused) {
    }

    /** State of a heartbeat link. */
    public enum LinkState {
        /** Carries hellos and data. */
        RUNNING,
        /** The peer answers; it takes over when the running link fails, unless it is for heartbeats only. */
        READY,
        /** No connection. */
        DOWN,
        /** Its configuration cannot work. */
        INVALID,
        /** Connected, but hellos do not get through, in one direction at least. */
        PEER_DOWN
    }

    /**
     * One {@link MonitoredItem}, as it was when it was looked at last.
     *
     * @param name unique here
     * @param failure one line, empty while it works
     * @param since when it last began to work or to fail
     */
    public record MonitoredItemStatus(String name, boolean works, String failure, Instant since) {
    }

    /**
     * Both firewalls were active at the same time, because no link connected them. Both say the same of it.
     *
     * @param at when one of them yielded
     * @param durationMillis for how long both were active
     * @param yielded name of the firewall that became standby
     * @param rule why it was that one
     * @param tables where both had changed entries
     */
    public record SplitBrain(Instant at, long durationMillis, String yielded, String rule, Map<String, Resolved> tables) {
    }

    /**
     * What became of entries of one table that both firewalls had changed.
     *
     * @param kept this firewall's state is now that of both
     * @param taken the peer's is
     */
    public record Resolved(long kept, long taken) {
    }

    /** What a failover or a crash of the peer has cost. */
    public record Loss(Instant at, String cause, Map<String, TableLoss> tables) {
    }

    /**
     * What was lost in one table.
     *
     * @param lost entries whose last state the survivor never got
     * @param exact true when the peer spoke until it was gone and had announced no more; false when it had announced that more might
     *     come, then {@code lost} is an upper bound, or when it had fallen silent before it was gone, then it is what it had said by then
     */
    public record TableLoss(long lost, boolean exact) {
    }
}
