/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * Those who want to know when the peer has a state of an entry.
 *
 * @param who as {@link TableReplica#put(byte[], byte[], byte[], Object)} was told
 * @param next those who asked before; null when nobody did
 */
record Asked(Object who, Asked next) {

    /** Both lists as one. */
    static Asked join(Asked one, Asked other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Asked all = other;
        for (Asked asked = one; asked != null; asked = asked.next) {
            all = new Asked(asked.who, all);
        }
        return all;
    }

    /** Tells all of a list. */
    static void tell(Asked asked, Answered how, TableEvents events) {
        for (Asked each = asked; each != null; each = each.next) {
            events.answered(each.who, how);
        }
    }
}
