/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * {@code run/demo --tables}: one scenario for each service table, through two firewalls as processes. Start at {@link
 * twinwall.run.demo.tables.TablesDemo}; a scenario implements {@link twinwall.run.tables.Scenario}.
 */
package twinwall.run.demo.tables;
