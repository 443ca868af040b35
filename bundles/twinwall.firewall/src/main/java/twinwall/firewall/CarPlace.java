/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code car-nat}: a private address holds one of the places on a public address, of which there are only so many.
 *
 * @param vsys virtual system
 * @param pool number of the address pool
 * @param outside public address
 * @param inside private address
 * @param place which of the places, from 0
 * @param sessions that use it now
 * @param remainingSeconds until the place is free again when no session uses it
 */
public record CarPlace(@Key int vsys, @Key int pool, @Key Ip4 outside, @Key Ip4 inside, int place, @Soft int sessions,
        @Soft int remainingSeconds) {
}
