/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The program {@code run/node}: makes the config folder of a firewall, then runs the firewall's bundles in a framework.
 * Start at {@link twinwall.run.node.Node}; programs that need two firewalls start at {@link twinwall.run.node.PairFolder}.
 */
package twinwall.run.node;
