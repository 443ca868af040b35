/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The cables between two firewalls on one machine, which can be cut. */
package twinwall.run.trials.wiring;
