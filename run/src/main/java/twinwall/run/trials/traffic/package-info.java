/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Connections through whichever of two firewalls forwards, and what they saw. */
package twinwall.run.trials.traffic;
