/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The program {@code run/demo}: sends a capture through two firewalls, kills the first in the middle, and counts what that cost. Start at
 * {@link twinwall.run.demo.Demo}.
 * <p>
 * {@link twinwall.run.demo.Plan} decides who is the client of each flow; {@link twinwall.run.demo.Trial} sends packets through a firewall
 * and plays the servers' side of address translation; {@link twinwall.run.demo.Accounting} compares runs.
 */
package twinwall.run.demo;
