/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * How one table stands.
 *
 * @param handler a handler is here
 * @param entries known here and due for backup
 * @param lag entries whose last state the peer has not confirmed
 * @param lagMillis age of the oldest of them
 * @param atRisk what would be lost if this firewall died now
 * @param delivered the peer follows: it has the whole table and every change since is sent or noted
 * @param snapshotUnderWay the whole table is being sent (again)
 * @param detail why it is not delivered; empty when it is
 * @param complete this firewall has the peer's whole table
 * @param notOffered the peer offers no such table
 * @param restoreFailure why the peer's entries cannot be taken; empty when they can
 * @param changes sent since the beginning
 * @param bytes of frames sent since the beginning
 * @param applied entries applied from the peer
 * @param conflicts entries that both firewalls had changed
 * @param overflows how often the backlog was full and a snapshot was sent instead
 * @param onlyQuick what of it only quick backup causes
 * @param keptByPeer the peer has no handler for it and keeps this firewall's entries until there is one
 * @param snapshotFailure why the handler could not write the last snapshot; empty when it could
 * @param peer how the table stands on the peer
 */
public record TableState(TableSpec spec, boolean handler, long entries, long lag, long lagMillis, long atRisk, boolean delivered,
        boolean snapshotUnderWay, String detail, boolean complete, boolean notOffered, String restoreFailure, long changes, long bytes,
        long applied, long conflicts, long overflows, OnlyQuick onlyQuick, boolean keptByPeer, String snapshotFailure, PeerTable peer) {

    /** The {@link #detail} of a table that may not leave over the running link. */
    public static final String NO_TLS = "it is sensitive and the link has no TLS";

    /**
     * What of a table's changes only quick backup causes, since the beginning.
     *
     * @param allReported changes noted for the peer, for comparison
     * @param reported of these: of entries that would not be due without quick backup
     * @param changes sent that would not have been sent without it, because not due or because a later one would have replaced them
     * @param bytes of these, and of the frames that would have been fewer
     */
    public record OnlyQuick(long allReported, long reported, long changes, long bytes) {
    }
}
