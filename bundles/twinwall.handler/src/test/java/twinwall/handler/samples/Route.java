/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.samples;

import twinwall.record.Key;
import twinwall.record.Soft;

/** An entry of a vendor's table. */
public record Route(@Key int destination, int gateway, boolean ready, @Soft int age) {
}
