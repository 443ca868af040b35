/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import twinwall.firewall.embedded.packet.Octets;

/** Where things are in PCP messages (RFC 6887, sections 7, 11, 12 and 13). Offsets count from the message's begin. */
final class PcpFormat {

    static final int PORT = 5351;
    static final int VERSION = 2;
    static final int MOST = 1100;
    static final int HEADER = 24;
    static final int MAP_END = 60;
    static final int PEER_END = 80;

    static final int RESPONSE = 0x80;
    static final int ANNOUNCE = 0;
    static final int MAP = 1;
    static final int PEER = 2;

    static final int RESULT = 3;
    static final int LIFETIME = 4;
    static final int EPOCH = 8;
    static final int CLIENT = 8;
    static final int RESERVED = 12;
    static final int NONCE = 24;
    static final int PROTOCOL = 36;
    static final int INSIDE_PORT = 40;
    static final int OUTSIDE_PORT = 42;
    static final int OUTSIDE = 44;
    static final int REMOTE_PORT = 60;
    static final int REMOTE = 64;

    static final int THIRD_PARTY = 1;
    static final int PREFER_FAILURE = 2;
    static final int FILTER = 3;
    /** Options from here on may be passed over by a server that does not know them. */
    static final int OPTIONAL = 128;

    private static final long MAPPED = 0xffffL;

    private PcpFormat() {
    }

    /** Whether there is an IPv4-mapped address. */
    static boolean isMapped(byte[] bytes, int at) {
        return Octets.i64(bytes, at) == 0 && Octets.i64(bytes, at + 8) >>> 32 == MAPPED;
    }

    /** The IPv4 address of an IPv4-mapped one. */
    static int mapped(byte[] bytes, int at) {
        return Octets.i32(bytes, at + 12);
    }

    /** Writes an IPv4-mapped address. */
    static void putMapped(byte[] bytes, int at, int address) {
        Octets.put32(bytes, at, 0);
        Octets.put32(bytes, at + 4, 0);
        Octets.put32(bytes, at + 8, (int) MAPPED);
        Octets.put32(bytes, at + 12, address);
    }
}
