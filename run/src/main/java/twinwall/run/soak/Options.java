/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import java.nio.file.Path;
import java.util.List;

import twinwall.run.trials.failure.Failure;
import twinwall.run.trials.stage.Timing;

/**
 * What the user asked for.
 *
 * @param seed chooses failures, and which entries change
 * @param minutes how long failures are tried; the last one is waited for
 * @param failures kinds to choose from
 * @param work an existing folder for both firewalls
 */
record Options(long seed, double minutes, List<Failure> failures, Timing timing, Path work) {
}
