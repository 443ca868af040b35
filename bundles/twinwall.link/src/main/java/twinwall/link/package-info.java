/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a transport implements: heartbeat links that carry frames between the two firewalls of a group.
 * <p>
 * The transport registers a {@link twinwall.link.HeartbeatLink} service for each configured link. The engine opens it and gives
 * a {@link twinwall.link.LinkUser}; for each connection to the peer the transport asks it for a {@link twinwall.link.Conversation}.
 * Frames are pulled: the transport asks for the next one only while the peer takes bytes, so nothing piles up behind a slow peer, and a
 * hello is never behind more than what one connection has accepted.
 */
@Version("1.0.0")
package twinwall.link;

import org.osgi.annotation.versioning.Version;
