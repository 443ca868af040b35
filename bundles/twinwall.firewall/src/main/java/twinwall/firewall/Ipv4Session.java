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
 * An entry of the table {@code ipv4-session}. Fields: {@code ../docs/protocol.md}, "Tables".
 *
 * @param vsys virtual system, 0 when there is one only
 * @param softwire the client's end of the IPv6 tunnel that its packets come through (DS-Lite, RFC 6333); empty without one
 * @param protocol IP protocol number
 * @param source client address as seen on the client's side
 * @param destination server address as seen on the client's side
 * @param sourcePort 0 to 65535; for ICMP the identifier; 0 where the protocol has no ports
 * @param destinationPort 0 to 65535; 0 for ICMP and where the protocol has no ports
 * @param state how far it has come
 * @param fromZone number of the zone the client is in
 * @param toZone number of the zone the server is in
 * @param rule number of the rule that allowed it
 * @param local to or from the firewall itself
 * @param early the peer must know of it before it is due, because it may hand out the same public port
 * @param createdSeconds when it was created, seconds since 1970
 * @param windowScales TCP: client's shift in the high, server's in the low four bits; 15 in either means none was offered
 * @param owner which firewall it belongs to
 * @param translated public source address and port when the source is translated
 * @param real address and port that the client's packets go to when the destination is translated or balanced
 * @param realSoftwire the end of the IPv6 tunnel that leads to {@code real} (DS-Lite); empty without one
 * @param crossed what the server sees when it is in IPv6 (NAT64); empty when it is in IPv4
 * @param remainingSeconds until it times out when no packet comes
 * @param forwardPackets from the client
 * @param reversePackets from the server
 * @param forwardBytes from the client, of IP
 * @param reverseBytes from the server, of IP
 */
public record Ipv4Session(@Key int vsys, @Key Optional<Ip6> softwire, @Key @Fixed(1) int protocol, @Key Ip4 source, @Key Ip4 destination,
        @Key @Fixed(2) int sourcePort, @Key @Fixed(2) int destinationPort,
        SessionState state, int fromZone, int toZone, int rule, boolean local, boolean early, @Fixed(4) long createdSeconds,
        @Fixed(1) int windowScales, SessionOwner owner, Optional<Endpoint4> translated, Optional<Endpoint4> real,
        Optional<Ip6> realSoftwire, Optional<CrossedEnds> crossed, @Soft int remainingSeconds,
        @Soft long forwardPackets, @Soft long reversePackets, @Soft long forwardBytes, @Soft long reverseBytes) implements SessionFacts {

    /** A session of no known owner, due by its state, whose server is neither behind a tunnel nor in IPv6. */
    public Ipv4Session(int vsys, Optional<Ip6> softwire, int protocol, Ip4 source, Ip4 destination, int sourcePort, int destinationPort,
            SessionState state, int fromZone, int toZone, int rule, boolean local, long createdSeconds, int windowScales,
            Optional<Endpoint4> translated, Optional<Endpoint4> real, int remainingSeconds, long forwardPackets, long reversePackets,
            long forwardBytes, long reverseBytes) {
        this(vsys, softwire, protocol, source, destination, sourcePort, destinationPort, state, fromZone, toZone, rule, local,
                false, createdSeconds, windowScales, SessionOwner.UNKNOWN, translated, real, Optional.empty(), Optional.empty(),
                remainingSeconds, forwardPackets, reversePackets, forwardBytes, reverseBytes);
    }
}
