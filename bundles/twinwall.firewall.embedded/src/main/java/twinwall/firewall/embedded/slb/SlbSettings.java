/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.nat.PoolSettings;
import twinwall.settings.Settings;

/**
 * What balancing of load is told.
 *
 * @param servers {@code slb_servers}: virtual servers and their real ones; grammar at {@link VirtualServers}; default empty
 * @param stickySeconds {@code slb_sticky_s}: how long a client without sessions keeps its real server, 1 to 604800; default 300
 * @param maxBindings {@code max_slb_bindings}: clients that keep their real server; default 100000
 * @param probe {@code slb_probe}: how real servers are probed; default {@code none}
 * @param probePath {@code slb_probe_path}: what is asked for with {@code http}; default {@code /}
 * @param probeIntervalSeconds {@code slb_probe_interval_s}: between rounds, 1 to 3600; default 5
 * @param probeTimeoutMillis {@code slb_probe_timeout_ms}: how long an answer may take, 10 to 60000; default 1000
 * @param probeMisses {@code slb_probe_misses}: probes in a row that fail before a server is unhealthy, 1 to 100; default 3
 */
public record SlbSettings(String servers, int stickySeconds, int maxBindings, Probing probe, String probePath, int probeIntervalSeconds,
        int probeTimeoutMillis, int probeMisses) {

    /** Key of the virtual servers. */
    static final String SERVERS = "slb_servers";

    /** How real servers are probed. */
    public enum Probing {
        /** Not at all: all of them are taken for healthy. */
        NONE,
        /** They must take a TCP connection. */
        TCP,
        /** They must answer an HTTP request. */
        HTTP
    }

    /** From a configuration whose pools must not have the addresses of virtual servers. */
    public static SlbSettings from(Settings from, PoolSettings pools) {
        String servers = from.text(SERVERS, "");
        try {
            servers = pools.claim(SERVERS, servers,
                    VirtualServers.parse(servers).all().stream().map(server -> Ip4Range.of(server.address(), server.address())).distinct()
                            .toList());
        } catch (IllegalArgumentException e) {
            from.complain(SERVERS, servers, e.getMessage(), "none");
            servers = "";
        }
        String path = from.text("slb_probe_path", "/");
        if (!path.matches("/[!-~]{0,200}")) {
            path = from.complain("slb_probe_path", path, "a path such as /health", "/");
        }
        return new SlbSettings(servers, (int) from.number("slb_sticky_s", 1, 7 * 24 * 3600, 300),
                (int) from.number("max_slb_bindings", 1, 50_000_000, 100_000), from.choice("slb_probe", Probing.class, Probing.NONE), path,
                (int) from.number("slb_probe_interval_s", 1, 3600, 5), (int) from.number("slb_probe_timeout_ms", 10, 60_000, 1000),
                (int) from.number("slb_probe_misses", 1, 100, 3));
    }

    /** The probe that is asked for; {@code null} for none. */
    public Probe newProbe() {
        return switch (probe) {
            case NONE -> null;
            case TCP -> new TcpProbe(probeTimeoutMillis);
            case HTTP -> new HttpProbe(probePath, probeTimeoutMillis);
        };
    }
}
