/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The program {@code run/bench}: measures what Twinwall promises, on the machine it runs on, beside a competitor or a limit. Nodes are
 * processes of their own with the bundles of {@code bench.bndrun}. Start at {@link twinwall.run.bench.Bench}; a measurement is a
 * {@link twinwall.run.bench.Measure}.
 */
package twinwall.run.bench;
