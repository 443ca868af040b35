/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Two firewalls under load, and one failure of theirs at a random moment: what the programs that try failures share. */
package twinwall.run.trials.stage;
