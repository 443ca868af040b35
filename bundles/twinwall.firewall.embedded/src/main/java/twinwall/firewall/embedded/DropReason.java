/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.Locale;

/** Why a packet was not forwarded. Every drop has exactly one reason and is counted under it. */
public enum DropReason {

    /** The firewall does not forward in its present role. */
    STANDBY,
    /** The process stood still for so long that the peer may have taken over, and the role is not known anew yet. */
    STALE_ROLE,
    /** ARP, LLDP and every other frame that carries neither IPv4 nor IPv6. Not forwarded. */
    NOT_IP,
    /** The frame ends before the headers that must be inspected do. A cut payload is fine. */
    TRUNCATED,
    /** A header contradicts itself: version, lengths, order of IPv6 extension headers. */
    MALFORMED,
    /** The IPv4 header checksum is wrong. */
    IP_CHECKSUM,
    /** The TCP, UDP or ICMP checksum is wrong. Verified only when asked for. */
    TRANSPORT_CHECKSUM,
    /** An IPv4 source route option or an IPv6 routing header of type 0 (RFC 7126, RFC 5095). */
    SOURCE_ROUTE,
    /** The source is a multicast address, or source and destination are the same in address and port. */
    BAD_ADDRESS,
    /** A first fragment without a whole transport header, or a later one that would overwrite it (RFC 1858). */
    TINY_FRAGMENT,
    /** A later fragment whose first one was not seen. */
    FRAGMENT_WITHOUT_FIRST,
    /** On the blacklist. */
    BLACKLISTED,
    /** No session, and not a packet that may begin one. */
    NO_SESSION,
    /** Its session came from the peer, and the mapping that the session depends on did not, or is gone. */
    NO_MAPPING,
    /** It would begin a session, and the rule list says no. */
    DENIED,
    /**
     * It would begin a session, or belongs to one, that only a certain user may have, and that user is not online at its source. A session
     * whose user has logged out ends with this.
     */
    USER_REQUIRED,
    /** From or to an address of the SSL VPN's network extension whose user is not logged in, or not connected to it. */
    VPN_NOT_CONNECTED,
    /** It would begin a session, and the table, or its share for half-open sessions, is full. */
    TABLE_FULL,
    /** It would begin a session whose answers could not be told from another session's, because of translation. */
    AMBIGUOUS,
    /** It belongs to a session but came in where that session's other side is. */
    WRONG_INTERFACE,
    /** An impossible combination of TCP flags. */
    TCP_FLAGS,
    /** TCP sequence or acknowledgement number outside the window. */
    TCP_WINDOW,
    /** A TCP segment that does not fit the session's state. */
    TCP_STATE,
    /** SCTP verification tag is not the session's. */
    SCTP_TAG,
    /** An SCTP chunk that does not fit the session's state. */
    SCTP_STATE,
    /** An ICMP error about a packet of no session. */
    ICMP_UNRELATED,
    /** An ICMP or ICMPv6 message that is neither echo nor an error. */
    ICMP_TYPE,
    /** Neighbour discovery and multicast listener messages belong to the link. Not forwarded. */
    LINK_LOCAL_ICMP,
    /** No public port is free towards that destination. */
    NAPT_EXHAUSTED,
    /** Every public address is shared by as many private addresses as may share it, see {@code car_nat_limit}. */
    CAR_LIMIT,
    /** No public address has a block of ports left for another subscriber. */
    NO_PORT_BLOCK,
    /** NAPT applies to the source, and the protocol has no ports that it could translate. */
    NAPT_UNSUPPORTED,
    /** NAT64: an address that must not be translated (RFC 6052, section 3.1), or a client that is itself under the prefix. */
    NAT64_ADDRESS,
    /** NAT64 applies, and there is no translation: another protocol than TCP, UDP and echo, or an exception of RFC 7915. */
    NAT64_UNTRANSLATABLE,
    /** Hop limit or TTL is used up where the firewall is a router (NAT64), and no answer may be sent. */
    HOP_LIMIT,
    /** Larger than the other side's link carries (NAT64), and no answer may be sent. */
    PACKET_TOO_BIG,
    /** For the tunnels' end (DS-Lite), and no IPv4 packet of a client inside, or congestion was met that its sender would not notice. */
    SOFTWIRE_REFUSED,
    /** A fragment of a tunnel packet: kept until the others come, and then it was no loss, or discarded because it contradicts them. */
    SOFTWIRE_FRAGMENT,
    /** Every public address, or every public port, that its client could be bound to is taken. */
    NAT_EXHAUSTED,
    /** Its source must be translated by a kind of binding that cannot translate its protocol. */
    NAT_UNSUPPORTED,
    /** It would begin a session to a virtual server none of whose real servers is healthy. */
    NO_REAL_SERVER,
    /** ESP to this firewall with an SPI of no association. */
    IPSEC_UNKNOWN_SPI,
    /** An ESP sequence number that was received before, or is too old, or may have been received before a takeover. */
    IPSEC_REPLAY,
    /** The ICV of an ESP packet is wrong. */
    IPSEC_AUTHENTICATION,
    /** The lengths, the padding or the inner header of an ESP packet are wrong. */
    IPSEC_MALFORMED,
    /** A fragment of an ESP packet to this firewall: fragments are not put together. */
    IPSEC_FRAGMENT,
    /** An ESP dummy packet (RFC 4303, section 2.6), which is meant to be dropped. */
    IPSEC_DUMMY,
    /** The outer header of an ESP packet says congestion, and the inner one cannot carry that on (RFC 6040, section 4.2). */
    IPSEC_CONGESTION,
    /** The inner packet of an ESP packet is not between its tunnel's prefixes. */
    IPSEC_SELECTORS,
    /** The lifetime of the association is over, or its sequence numbers are used up. */
    IPSEC_LIFETIME,
    /** In load balancing: the association is the peer's. */
    IPSEC_PEERS,
    /** It came in unsealed, and a tunnel protects such packets. */
    IPSEC_UNSEALED,
    /** It would go out unsealed, and its destination is reached through tunnels only. */
    IPSEC_NO_TUNNEL,
    /** It is too large when it is sealed, and could neither be cut nor answered. */
    IPSEC_TOO_LARGE,
    /** Its time to live or hop limit is used up. */
    HOPS_EXHAUSTED,
    /** Switched: the source address is a static one that belongs to another port or to the firewall, or it is a group address. */
    BAD_SOURCE_MAC,
    /** Switched: the destination is behind the port that the frame came in by. */
    SAME_PORT,
    /** Switched: to a group address that bridges do not forward (IEEE 802.1Q, section 8.6.3), or with the reserved VLAN 4095. */
    BRIDGE_CONTROL,
    /** There are routes, and none leads to its destination where its session goes. */
    NO_ROUTE,
    /** Its source sends more than it may. */
    BANDWIDTH,
    /** Its session carries what content security looks for. */
    SIGNATURE,
    /** For the PCP server, but from outside, in fragments, one request too many, or nothing that may be answered. */
    PCP_REFUSED,
    /** The peer did not confirm its session in time, or too much waited (confirm before forward, with {@code confirm_on_bound=drop}). */
    NOT_CONFIRMED,
    /** No drop: the peer gets the packet to forward, see {@link Verdict#REDIRECTED}. Counted apart. */
    REDIRECTED,
    /** Its session may be the peer's, and too many such packets are on their way there, or it is too large, or no link takes it. */
    REDIRECT_LIMIT,
    /** The peer did not know its session and gave it to this firewall, which does not know it either. */
    REDIRECTED_UNKNOWN,
    /** It came while the work was handed over to the peer, and found no room to wait, or waited in vain. */
    HANDOVER_LIMIT,
    /** The peer gave it to this firewall to forward, and nobody takes here what leaves in that way. */
    NO_OUTLET;

    /** As in reports: lower case with hyphens, for example {@code no-session}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
