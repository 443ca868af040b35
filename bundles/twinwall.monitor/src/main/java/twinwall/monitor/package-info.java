/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Items that vote on the role: the link of an interface, a host that answers, what a script finds, what keepalived says.
 * <p>
 * One {@link twinwall.group.MonitoredItem} service for each configuration of the factory PIDs {@code twinwall.monitor.interface},
 * {@code twinwall.monitor.probe}, {@code twinwall.monitor.script} and {@code twinwall.monitor.keepalived}. Settings that cannot work make
 * no item, and one line in the log: a slip in a file must not move the role.
 */
package twinwall.monitor;
