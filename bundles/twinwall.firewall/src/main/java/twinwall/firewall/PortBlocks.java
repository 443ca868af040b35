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
 * @param outside public address
 * @param blockPorts ports in each block
 * @param firstPorts first port of each block: the pre-allocated one, then the extensions in the order in which they were added
 * @param createdSeconds when the first block was allocated, seconds since 1970
 * @param sessions that use the blocks now
 * @param remainingSeconds until the blocks are free again when no session uses them
 */
public record PortBlocks(@Key int vsys, @Key int pool, @Key Ip4 subscriber, Ip4 outside, int blockPorts,
        @Fixed(2) List<Integer> firstPorts, long createdSeconds, @Soft int sessions, @Soft int remainingSeconds) {
}
