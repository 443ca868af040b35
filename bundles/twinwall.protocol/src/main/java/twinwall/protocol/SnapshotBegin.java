/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * The peer begins to send its whole table, or what this firewall lacks of it.
 *
 * @param id of the snapshot
 * @param round of the receiver that the sender follows
 * @param clock of the sender: what changes later travels by itself
 * @param sendersRound how often the sender has begun from nothing
 * @param appliedSeq last change of the receiver that the sender has applied
 * @param appliedSnapshotId last snapshot of the receiver that the sender has begun to apply
 * @param appliedPosition last position of it that is applied
 * @param gap what it is confined to; null for the whole table
 */
record SnapshotBegin(long id, long round, long clock, long sendersRound, long appliedSeq, long appliedSnapshotId, long appliedPosition,
        Gap gap) {
}
