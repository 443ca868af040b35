/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import java.time.Instant;
import java.util.Map;

/**
 * One service table as one firewall sees it.
 *
 * @param backedUp false for a table that is not backed up by design: then only {@code entries}, {@code atRisk} and {@code detail} say
 *     something
 * @param entries in the local table and due for backup; all entries of a table that is not backed up
 * @param lag entries whose last state the peer has not confirmed
 * @param lagMillis age of the oldest of them, 0 when there is none
 * @param atRisk what would be lost if this firewall died now: lag, or all entries when the peer is not in sync; all entries of a
 *     table that is not backed up
 * @param drift entries found to differ from the peer's at the last comparison of contents and not yet equal again, -1 when there was none
 * @param inSync the peer has the whole table and follows its changes; false for a table that is not backed up
 * @param detail why it is not in sync and what happens next, empty when it is; why it is not backed up and how it comes back after a
 *     failover
 * @param changes sent to the peer since start
 * @param bytes sent to the peer since start for this table, before encryption
 * @param applied entries applied from the peer since start
 * @param conflicts entries that both firewalls had changed, since start
 * @param notDue entries in the local table that are not due for backup, so not on the peer: what a failover costs by design; -1 when not
 *     known
 * @param refused entries of the peer that this firewall did not take since its handler started, because they contradict its
 *     configuration, by reason
 * @param handler null when no handler is here
 * @param price what it costs to back it up, and how much of that quick backup causes
 * @param kept entries of the peer that are kept in memory because no handler is here, until there is one
 * @param state whether this firewall backs it up; null for a table that is not backed up by design
 * @param peerState whether the peer does, as the peer says; null for a table that is not backed up by design
 * @param peerHandler the handler that the peer uses, or used last when {@code peerState} is unknown; null when it has none, or has never
 *     told
 */
public record TableStatus(String type, boolean backedUp, long entries, long lag, long lagMillis, long atRisk, long drift, boolean inSync,
        String detail, long changes, long bytes, long applied, long conflicts, long notDue, Map<String, Long> refused,
        HandlerStatus handler, BackupPrice price, long kept, HandlerState state, HandlerState peerState, HandlerStatus peerHandler) {

    /**
     * The table handler in use.
     *
     * @param bundle symbolic name of the bundle it comes from; empty when a peer of an older version does not tell
     * @param version of that bundle; empty when it is not told
     * @param schema of the entries, as its {@code @BackupTable} says
     * @param since when it came to its firewall, by that firewall's clock; null when it is not told
     */
    public record HandlerStatus(String bundle, String version, int schema, Instant since) {
    }
}
