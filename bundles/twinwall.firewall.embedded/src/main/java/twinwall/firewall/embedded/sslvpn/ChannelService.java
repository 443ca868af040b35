/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.util.Map;

import twinwall.firewall.SslVpnUser;

/** One of the services of the gateway. */
interface ChannelService {

    /** Which. */
    VpnService kind();

    /** Whether it is configured. Others are as if they were not there. */
    boolean configured();

    /** What a user is told who connects to it. */
    Map<String, Object> offer(SslVpnUser session);

    /**
     * A request through the channel.
     *
     * @param rest the path behind the service's name, still percent-encoded; empty or with a slash first
     */
    Reply use(SslVpnUser session, String rest, Request request);
}
