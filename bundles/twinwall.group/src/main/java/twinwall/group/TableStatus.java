/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

/**
 * One service table as one firewall sees it.
 *
 * @param backedUp false for tables that are not backed up by design
 * @param entries in the local table and due for backup
 * @param lag entries whose last state the peer has not confirmed
 * @param lagMillis age of the oldest of them, 0 when there is none
 * @param atRisk what would be lost if this firewall died now: lag, or all entries when the peer is not in sync
 * @param drift entries found to differ from the peer by digest, -1 when digests were not compared
 * @param inSync the peer has the whole table and follows its changes
 * @param detail why it is not in sync and what happens next; empty when it is
 * @param changes sent to the peer since start
 * @param bytes sent to the peer since start for this table, before encryption
 * @param applied entries applied from the peer since start
 * @param conflicts entries that both firewalls had changed, since start
 * @param handler null when no handler is here
 */
public record TableStatus(String type, boolean backedUp, long entries, long lag, long lagMillis, long atRisk, long drift, boolean inSync,
        String detail, long changes, long bytes, long applied, long conflicts, HandlerStatus handler) {

    /** The table handler in use. */
    public record HandlerStatus(String bundle, String version, int schema) {
    }
}
