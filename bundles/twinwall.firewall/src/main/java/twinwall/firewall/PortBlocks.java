/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.util.List;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code port-block}: the ports of one public address that a subscriber has for itself.
 *
 * @param vsys virtual system
 * @param pool number of the address pool
 * @param subscriber private address
 * @param half 0 or 1: the half of the pool that the blocks are of. A subscriber has an entry for each half that it has blocks of, so that
 *     two firewalls, which give away a half each, never change the same one
 * @param outside public address
 * @param blockPorts ports in each block
 * @param firstPorts first port of each block: the pre-allocated one, then the extensions in the order in which they were added
 * @param createdSeconds when the first block was allocated, seconds since 1970
 * @param sessions that use the blocks now
 * @param remainingSeconds until the blocks are free again when no session uses them
 */
public record PortBlocks(@Key int vsys, @Key int pool, @Key Ip4 subscriber, @Key int half, Ip4 outside,
        int blockPorts, @Fixed(2) List<Integer> firstPorts, long createdSeconds, @Soft int sessions, @Soft int remainingSeconds) {
}
