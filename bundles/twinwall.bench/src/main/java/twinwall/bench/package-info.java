/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Load and clocks inside a node: what the program {@code run/bench} drives from outside, over a port on loopback. Only
 * {@code run/bench.bndrun} has this bundle. Start at {@link twinwall.bench.BenchPort}.
 */
package twinwall.bench;
