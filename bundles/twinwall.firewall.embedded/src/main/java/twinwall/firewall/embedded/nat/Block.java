/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.PortBlocks;
import twinwall.firewall.embedded.session.OwnShare;

/** A block of ports that is not free: an entry grants it to a subscriber, or sessions use it. */
final class Block {

    /** Number of the public address in its pool. */
    final int address;
    /** Number of the block on the address, from 0. */
    final int number;
    /** Which half of all it belongs to, 0 or 1; see {@link twinwall.firewall.embedded.session.OwnShare}. */
    final int half;
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
        half = half(address, number);
    }

    /** Which half of all a block belongs to: of the first address the first, third ... block to the first, of the next to the second. */
    static int half(int address, int number) {
        return OwnShare.half(address + number);
    }
}
