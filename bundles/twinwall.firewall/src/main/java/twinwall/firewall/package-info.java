/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The service tables a firewall offers to table handlers: entry records and the {@link twinwall.firewall.FirewallTable} service.
 * <p>
 * A firewall registers one {@code FirewallTable} service per table, with the table type in the property {@code firewall.table}.
 * Components of an entry record marked {@link twinwall.record.Key} are its key, those marked {@link twinwall.record.Soft} its soft facts.
 */
@Version("1.1.0")
package twinwall.firewall;

import org.osgi.annotation.versioning.Version;
