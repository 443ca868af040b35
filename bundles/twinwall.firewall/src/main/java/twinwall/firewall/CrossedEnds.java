/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;

/**
 * How a session whose client is in IPv4 appears to its server in IPv6 (NAT64, RFC 6146).
 *
 * @param source the client under the prefix of RFC 6052; its port stays the same
 * @param destination the server
 * @param destinationPort the server's port, or the echo identifier
 */
public record CrossedEnds(Ip6 source, Ip6 destination, @Fixed(2) int destinationPort) {
}
