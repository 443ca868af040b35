/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Heartbeat links over TCP: TLS 1.3 by the JDK's provider, non-blocking sockets by Netty.
 * <p>
 * One {@link twinwall.link.HeartbeatLink} service for each configuration of the factory PID {@code twinwall.link}. Without OSGi,
 * make a {@link twinwall.link.netty.NettyLink} from {@link twinwall.link.netty.LinkSettings}. All of a link runs on one event loop, so
 * nothing in here is locked.
 */
package twinwall.link.netty;
