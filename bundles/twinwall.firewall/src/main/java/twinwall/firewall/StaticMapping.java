/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;
import twinwall.record.Key;

/**
 * An entry of the table {@code static-mapping}: a range of private addresses that is mapped to public addresses and ports by computation.
 * The private addresses, in order, share the public ones, in order, evenly: each has the same number of successive ports.
 *
 * @param vsys virtual system
 * @param insideFirst first private address
 * @param insideLast last private address
 * @param outsideFirst first public address
 * @param outsideLast last public address
 * @param firstPort first public port of each public address
 * @param lastPort last public port of each public address
 */
public record StaticMapping(@Key int vsys, @Key Ip4 insideFirst, Ip4 insideLast, Ip4 outsideFirst, Ip4 outsideLast,
        @Fixed(2) int firstPort, @Fixed(2) int lastPort) {
}
