/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What can happen to a pair of firewalls: one class for each kind of failure, listed in {@link twinwall.run.trials.failure.Failures}. */
package twinwall.run.trials.failure;
