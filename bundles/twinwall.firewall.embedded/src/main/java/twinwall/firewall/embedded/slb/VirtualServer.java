/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import twinwall.firewall.Ip4;
import twinwall.firewall.embedded.packet.Protocols;

/**
 * A virtual server: an address and port that clients talk to, and the group of real servers that their sessions go to.
 *
 * @param protocol TCP or UDP
 * @param address where clients send to
 * @param port where clients send to, 1 to 65535
 * @param group whose name is the virtual server's
 */
public record VirtualServer(int protocol, Ip4 address, int port, ServerGroup group) {

    private static final int MOST_NAME = 64;

    /** Checks protocol, port and name. */
    public VirtualServer {
        if (protocol != Protocols.TCP && protocol != Protocols.UDP || port < 1 || port > 65535) {
            throw new IllegalArgumentException("made of virtual servers with protocol tcp or udp and a port from 1 to 65535");
        }
        if (!group.name().matches("[A-Za-z0-9._-]{1," + MOST_NAME + "}")) {
            throw new IllegalArgumentException("made of virtual servers with names of up to " + MOST_NAME
                    + " letters, digits, dots, hyphens and underscores, unlike " + group.name());
        }
    }

    /** Its name. */
    public String name() {
        return group.name();
    }

    long key() {
        return key(protocol, address.bits(), port);
    }

    static long key(int protocol, int address, int port) {
        return (long) protocol << 48 | (address & 0xffffffffL) << 16 | port;
    }
}
