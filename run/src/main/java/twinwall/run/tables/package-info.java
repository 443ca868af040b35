/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * One scenario for each service table: how entries come into it, change and go, and what needs them after a failover. Start at {@link
 * twinwall.run.tables.Scenario}.
 */
package twinwall.run.tables;
