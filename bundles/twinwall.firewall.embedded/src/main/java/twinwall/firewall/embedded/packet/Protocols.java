/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

/** IP protocol numbers (IANA). */
public final class Protocols {

    public static final int HOP_BY_HOP = 0;
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int DCCP = 33;
    public static final int ROUTING = 43;
    public static final int FRAGMENT = 44;
    public static final int AH = 51;
    public static final int ICMPV6 = 58;
    public static final int DESTINATION_OPTIONS = 60;
    public static final int SCTP = 132;
    public static final int UDP_LITE = 136;

    private Protocols() {
    }

    /** The number by which handlers and rules know a protocol, for example {@code tcp}; -1 when the name is none of the known. */
    public static int number(String name) {
        return switch (name) {
            case "tcp" -> TCP;
            case "udp" -> UDP;
            case "icmp" -> ICMP;
            case "icmpv6" -> ICMPV6;
            case "sctp" -> SCTP;
            default -> -1;
        };
    }
}
