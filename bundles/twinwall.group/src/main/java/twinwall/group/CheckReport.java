/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import java.util.List;

/**
 * What comparing the tables of both firewalls has found.
 *
 * @param done every table was compared, and nothing differs any more
 * @param message the result in a sentence
 * @param waitedMillis how long it took
 * @param tables one for each table that is backed up here, by name
 */
public record CheckReport(boolean done, String message, long waitedMillis, List<TableCheck> tables) {

    /**
     * What comparing one table has found.
     *
     * @param compared entries of this firewall's table that were compared; -1 when it could not be compared
     * @param differing entries that were found to differ
     * @param repaired entries of them that are equal again
     * @param drift entries that still differ; -1 when they were never compared
     * @param durationMillis how long the last comparison took
     * @param detail why it was not compared, or why something still differs; empty when all is equal
     */
    public record TableCheck(String type, long compared, long differing, long repaired, long drift, long durationMillis, String detail) {
    }
}
