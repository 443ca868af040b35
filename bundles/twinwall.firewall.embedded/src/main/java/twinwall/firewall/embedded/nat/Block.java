/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.PortBlocks;

/** A block of ports that is not free: an entry grants it to a subscriber, or sessions use it. */
final class Block {

    /** Number of the public address in its pool. */
    final int address;
    /** Number of the block on the address, from 0. */
    final int number;
    /** Whose it is: the subscriber that an entry grants it to, else the one whose session was there first. */
    Tenant<PortBlocks> holder;
    /** Whether the holder's entry lists it. */
    boolean granted;
    /** Sessions that use a port of it. */
    int sessions;
    /** When the last session ended. */
    long idleSince;
    /** Whether it waits to be taken back. */
    boolean queued;

    Block(int address, int number) {
        this.address = address;
        this.number = number;
    }
}
