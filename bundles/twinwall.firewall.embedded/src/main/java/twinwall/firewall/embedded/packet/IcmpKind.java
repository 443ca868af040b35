/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

/** What an ICMP or ICMPv6 message is to a firewall. */
public enum IcmpKind {

    /** Echo request: may begin a session. */
    ECHO,

    /** Echo reply. */
    ECHO_REPLY,

    /** Unreachable, packet too big, time exceeded, parameter problem: belongs to the session of the packet inside. */
    ERROR,

    /** Neighbour and router discovery, multicast listener messages: for the link only. */
    LINK,

    /** Everything else. */
    OTHER;

    static IcmpKind of(boolean v6, int type) {
        return v6 ? of6(type) : of4(type);
    }

    private static IcmpKind of4(int type) {
        return switch (type) {
            case 8 -> ECHO;
            case 0 -> ECHO_REPLY;
            case 3, 11, 12 -> ERROR;
            case 9, 10 -> LINK;
            default -> OTHER;
        };
    }

    private static IcmpKind of6(int type) {
        return switch (type) {
            case 128 -> ECHO;
            case 129 -> ECHO_REPLY;
            case 1, 2, 3, 4 -> ERROR;
            case 130, 131, 132, 133, 134, 135, 136, 137, 143, 151, 152, 153 -> LINK;
            default -> OTHER;
        };
    }
}
