/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.samples;

import twinwall.record.Key;

/** An entry with another key. */
public record NamedRoute(@Key String name) {
}
