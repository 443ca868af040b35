/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What table handlers share that take records from a {@link twinwall.firewall.FirewallTable}. A helper: a handler may implement
 * {@link twinwall.spi.TableHandler} itself.
 * <p>
 * Start at {@link twinwall.handler.RecordTableHandler}.
 */
@Version("1.0.0")
package twinwall.handler;

import org.osgi.annotation.versioning.Version;
