/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

/**
 * What the demo needs to know of a frame. Written apart from the firewall's own reader, so that one does not hide the other's mistakes.
 *
 * @param version 4 or 6
 * @param protocol of the upper layer; for a later fragment what its header says
 * @param ipAt offset of the IP header
 * @param upperAt offset of the upper layer's header
 * @param sourcePort for ICMP with an identifier that identifier; 0 where there are no ports
 * @param destinationPort as {@code sourcePort}
 * @param fragment not a fragment, the first, or a later one
 * @param fragmentId 0 when not a fragment
 * @param begins a TCP SYN without ACK
 * @param embedded what an ICMP error is about, null when it is none
 */
record PacketFacts(int version, int protocol, int ipAt, int upperAt, Ip source, Ip destination, int sourcePort, int destinationPort,
        Fragment fragment, long fragmentId, boolean begins, PacketFacts embedded) {

    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int ICMPV6 = 58;
    static final int SCTP = 132;

    /** Which part of a datagram. */
    enum Fragment {
        NONE, FIRST, LATER
    }

    boolean isIcmp() {
        return version == 4 ? protocol == ICMP : protocol == ICMPV6;
    }

    boolean hasPorts() {
        return protocol == TCP || protocol == UDP || protocol == SCTP;
    }
}
