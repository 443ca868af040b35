/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.util.Map;

import twinwall.firewall.Ip4;
import twinwall.firewall.SslVpnUser;

/** Tells the address that a user's host has inside; while the channel is there, its packets pass, see {@link SslVpn#refuses}. */
final class NetworkExtension implements ChannelService {

    private final boolean configured;

    NetworkExtension(SslVpnSettings settings) {
        configured = !settings.pool().isEmpty();
    }

    @Override
    public VpnService kind() {
        return VpnService.NETWORK_EXTENSION;
    }

    @Override
    public boolean configured() {
        return configured;
    }

    @Override
    public Map<String, Object> offer(SslVpnUser session) {
        return Map.of("address", session.assigned().map(Ip4::toString).orElse(""));
    }

    @Override
    public Reply use(SslVpnUser session, String rest, Request request) {
        if (session.assigned().isEmpty()) {
            return Reply.error(503, "No address was free when you logged in.", "Log out, and in again later.");
        }
        return Reply.json(200, offer(session));
    }
}
