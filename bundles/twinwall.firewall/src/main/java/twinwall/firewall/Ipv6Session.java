/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.util.Optional;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code ipv6-session}. Components mean what they mean in {@link Ipv4Session}.
 *
 * @param vsys virtual system, 0 when there is one only
 * @param protocol IP protocol number of the upper layer
 * @param source client address
 * @param destination server address
 * @param sourcePort 0 to 65535; for ICMPv6 the identifier
 * @param destinationPort 0 to 65535
 * @param state how far it has come
 * @param fromZone number of the zone the client is in
 * @param toZone number of the zone the server is in
 * @param rule number of the rule that allowed it
 * @param local to or from the firewall itself
 * @param early the peer must know of it before it is due, because it may hand out the same public port
 * @param createdSeconds when it was created, seconds since 1970
 * @param windowScales as in {@link Ipv4Session}
 * @param owner which firewall it belongs to
 * @param translated public IPv4 source address and port when the session crosses to IPv4 (NAT64, RFC 6146)
 * @param real IPv4 address and port of the server when the session crosses to IPv4
 * @param remainingSeconds until it times out when no packet comes
 * @param forwardPackets from the client
 * @param reversePackets from the server
 * @param forwardBytes from the client, of IP
 * @param reverseBytes from the server, of IP
 */
public record Ipv6Session(@Key int vsys, @Key @Fixed(1) int protocol, @Key Ip6 source, @Key Ip6 destination,
        @Key @Fixed(2) int sourcePort, @Key @Fixed(2) int destinationPort,
        SessionState state, int fromZone, int toZone, int rule, boolean local, boolean early, @Fixed(4) long createdSeconds,
        @Fixed(1) int windowScales, SessionOwner owner, Optional<Endpoint4> translated, Optional<Endpoint4> real,
        @Soft int remainingSeconds, @Soft long forwardPackets, @Soft long reversePackets, @Soft long forwardBytes,
        @Soft long reverseBytes) implements SessionFacts {

    /** A session of no known owner, due by its state. */
    public Ipv6Session(int vsys, int protocol, Ip6 source, Ip6 destination, int sourcePort, int destinationPort, SessionState state,
            int fromZone, int toZone, int rule, boolean local, long createdSeconds, int windowScales, Optional<Endpoint4> translated,
            Optional<Endpoint4> real, int remainingSeconds, long forwardPackets, long reversePackets, long forwardBytes,
            long reverseBytes) {
        this(vsys, protocol, source, destination, sourcePort, destinationPort, state, fromZone, toZone, rule, local, false, createdSeconds,
                windowScales, SessionOwner.UNKNOWN, translated, real, remainingSeconds, forwardPackets, reversePackets, forwardBytes,
                reverseBytes);
    }
}
