/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Replication and group state machines, and the frames they exchange.
 * <p>
 * No OSGi, no Netty, no clock, no thread: frames, changes and the time come in as arguments, frames are pulled out. So a whole pair of
 * firewalls runs in a seeded simulation. The wire protocol is described in {@code docs/protocol.md}.
 * <p>
 * Start at {@link twinwall.protocol.Member} (one firewall's side of the group) and {@link twinwall.protocol.TableReplica} (one table).
 */
@Version("1.0.0")
package twinwall.protocol;

import org.osgi.annotation.versioning.Version;
