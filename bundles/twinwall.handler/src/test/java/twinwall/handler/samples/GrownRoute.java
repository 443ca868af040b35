/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.samples;

import twinwall.record.Key;
import twinwall.record.Soft;

/** The entry in the vendor's next version. */
public record GrownRoute(@Key int destination, String comment, int gateway, boolean ready, @Soft int age) {
}
