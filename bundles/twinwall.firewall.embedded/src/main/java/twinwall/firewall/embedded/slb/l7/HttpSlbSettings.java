/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import twinwall.settings.Settings;

/**
 * What balancing of HTTP and TLS is told.
 *
 * @param servers {@code slb_http}: virtual servers and their real ones; grammar at {@link HttpVirtualServer}; default none
 * @param stickySeconds {@code slb_http_sticky_s}: how long a client that does not come back keeps its real server, 1 to 604800; default
 *     1800
 * @param maxEntries {@code max_slb_http_clients}: clients that keep their real server; default 100000
 * @param maxConnections {@code slb_http_max_connections}: that are served at once on each virtual server, 1 to 4096; default 64
 * @param timeoutMillis {@code slb_http_timeout_ms}: for connecting to a real server, and for each wait for its octets, 10 to 600000;
 *     default 30000
 * @param exchangeSeconds {@code slb_http_exchange_s}: for a whole request with its response, 1 to 86400; default 600
 * @param maxBodyBytes {@code slb_http_max_body_mib}: of a request, 1 to 1048576; default 1024
 */
public record HttpSlbSettings(String servers, int stickySeconds, int maxEntries, int maxConnections, int timeoutMillis,
        int exchangeSeconds, long maxBodyBytes) {

    private static final int WEEK = 7 * 24 * 3600;

    /** From the firewall's configuration. */
    public static HttpSlbSettings from(Settings from) {
        String servers = from.text("slb_http", "");
        try {
            HttpVirtualServer.list(servers);
        } catch (IllegalArgumentException e) {
            from.complain("slb_http", servers, e.getMessage(), "none");
            servers = "";
        }
        return new HttpSlbSettings(servers, (int) from.number("slb_http_sticky_s", 1, WEEK, 1800),
                (int) from.number("max_slb_http_clients", 1, 50_000_000, 100_000),
                (int) from.number("slb_http_max_connections", 1, 4096, 64), (int) from.number("slb_http_timeout_ms", 10, 600_000, 30_000),
                (int) from.number("slb_http_exchange_s", 1, 86_400, 600), from.number("slb_http_max_body_mib", 1, 1 << 20, 1024) << 20);
    }
}
