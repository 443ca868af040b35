/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code nat-no-pat}: the public address that a private one has for itself, with all protocols and ports as they
 * are. It works both ways: who sends to the public address reaches the private one, where the rules allow it.
 *
 * @param vsys virtual system, 0 when there is one only
 * @param inside private address
 * @param outside public address
 * @param pool number of the address pool
 * @param remainingSeconds until the public address is free again when no session uses it
 */
public record NoPatMapping(@Key int vsys, @Key Ip4 inside, Ip4 outside, int pool, @Soft int remainingSeconds) {
}
