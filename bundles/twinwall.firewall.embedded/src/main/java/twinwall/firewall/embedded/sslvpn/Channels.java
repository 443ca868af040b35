/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which services each session is connected to. Kept by this firewall only: after a failover, and when a firewall takes over a second time,
 * there are none. Used under the firewall's lock only.
 */
final class Channels {

    private final Map<SslVpnKey, Set<VpnService>> open = new HashMap<>();
    private int epoch;

    void connect(SslVpnKey session, VpnService service, int epochNow) {
        startOver(epochNow);
        open.computeIfAbsent(session, key -> EnumSet.noneOf(VpnService.class)).add(service);
    }

    boolean connected(SslVpnKey session, VpnService service, int epochNow) {
        startOver(epochNow);
        return open.getOrDefault(session, Set.of()).contains(service);
    }

    Set<VpnService> of(SslVpnKey session, int epochNow) {
        startOver(epochNow);
        return Set.copyOf(open.getOrDefault(session, Set.of()));
    }

    void close(SslVpnKey session) {
        open.remove(session);
    }

    int size() {
        return open.size();
    }

    private void startOver(int epochNow) {
        if (epoch != epochNow) {
            epoch = epochNow;
            open.clear();
        }
    }
}
