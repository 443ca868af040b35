/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.Ip6;

/**
 * Where a redirected flow's server is when an IPv4 address does not say it: behind a tunnel (DS-Lite), or in IPv6 with a client in IPv4
 * (NAT64).
 *
 * @param softwire far end of the tunnel to the server; {@code null} when the far side is IPv6
 * @param clientHigh how the client appears in IPv6; 0 with a tunnel
 * @param clientLow how the client appears in IPv6; 0 with a tunnel
 * @param serverHigh first half of the server's address; with a tunnel the hash of its end, see {@link Softwire}
 * @param serverLow second half of the server's address, or its IPv4 address
 */
public record FarSide(Ip6 softwire, long clientHigh, long clientLow, long serverHigh, long serverLow) {

    /** A server with an IPv4 address behind a tunnel. */
    public static FarSide behind(Ip6 softwire, int address) {
        return new FarSide(softwire, 0, 0, Softwire.hash(softwire), address & 0xffffffffL);
    }

    /** A server with an IPv6 address, and what a client in IPv4 appears as to it. */
    public static FarSide of(Ip6 client, Ip6 server) {
        return new FarSide(null, client.high(), client.low(), server.high(), server.low());
    }

    /** Whether the far side is IPv6. */
    public boolean v6() {
        return softwire == null;
    }

    Ip6 client() {
        return new Ip6(clientHigh, clientLow);
    }

    Ip6 server() {
        return new Ip6(serverHigh, serverLow);
    }
}
