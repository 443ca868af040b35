/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * How the comparisons of one table with the peer's stand.
 *
 * @param compared entries in this firewall's table at the last comparison; -1 when there was none
 * @param drift entries known to differ; -1 when there was no comparison
 * @param found entries that were found to differ since the beginning, each time that it was looked into
 * @param repaired entries that were found equal again after a repair, since the beginning
 * @param futile entries that still differ although they were repaired more than once
 * @param millis how long the last comparison took
 * @param settled the number of the last {@link Comparison#check} that was done with: all that can be repaired is
 */
public record ComparisonState(long compared, long drift, long found, long repaired, long futile, long millis, long settled) {

    /** Before any comparison. */
    static final ComparisonState NONE = new ComparisonState(-1, -1, 0, 0, 0, 0, 0);
}
