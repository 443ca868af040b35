/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import java.util.List;

/**
 * How a command ended.
 *
 * @param done whether what was asked for has happened
 * @param message one line for people: what happened, or what is lacking and what to do
 * @param waitedMillis how long it took
 * @param tables the tables that a switchover waited for, longest first; empty when it waited for none
 */
public record Verdict(boolean done, String message, long waitedMillis, List<TableWait> tables) {

    /** Of a command that waits for no table. */
    public Verdict(boolean done, String message, long waitedMillis) {
        this(done, message, waitedMillis, List.of());
    }

    /**
     * What a switchover waited for in one table.
     *
     * @param confirmed changes that the peer confirmed after the firewall had stopped making new ones
     * @param left changes that it did not confirm in time; 0 when the switchover was done
     * @param waitedMillis until the last of them was confirmed, or until the switchover was given up
     */
    public record TableWait(String type, long confirmed, long left, long waitedMillis) {
    }
}
