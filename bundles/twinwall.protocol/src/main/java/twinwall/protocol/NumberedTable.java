/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/** A table with the numbers it has on the wire. */
final class NumberedTable {

    private final int number;
    private final TableReplica replica;
    private volatile int peerNumber = -1;

    NumberedTable(int number, TableReplica replica) {
        this.number = number;
        this.replica = replica;
    }

    /** This firewall's number for it. */
    int number() {
        return number;
    }

    /** The peer's number for it, -1 while it has offered none. */
    int peerNumber() {
        return peerNumber;
    }

    void peerNumber(int newNumber) {
        peerNumber = newNumber;
    }

    TableReplica replica() {
        return replica;
    }
}
