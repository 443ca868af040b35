/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What each service table is worth at a failover. One class for each table, and the packets they have in common. */
package twinwall.run.tables.scenario;
