/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

/**
 * What the traffic saw since it was last asked to begin anew.
 *
 * @param packets of established conversations
 * @param dropped those of them that no firewall forwarded
 * @param longestGapMillis longest time without a forwarded packet
 * @param handovers how often, at least, the role has passed from one firewall to the other
 */
public record Counts(long packets, long dropped, long longestGapMillis, int handovers) {
}
