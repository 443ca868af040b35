/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.net.InetAddress;

import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.embedded.packet.Octets;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.table.AddressKey;

/**
 * Which packets an entry of a list is about: those from or to an address, of one protocol or any, to one port or any.
 *
 * @param direction whether the address is the packet's source or its destination
 * @param v6 IPv6
 * @param high the first eight octets of the address, 0 for IPv4
 * @param low the last eight octets, or the four of IPv4
 * @param protocol 0 for any
 * @param port the packet's destination port, 0 for any
 */
record Pick(Direction direction, boolean v6, long high, long low, int protocol, int port) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    static Pick of(Direction direction, InetAddress address, int protocol, int port) {
        if (protocol < 0 || protocol > 255 || port < 0 || port > 65535) {
            throw new IllegalArgumentException("protocol must be 0 to 255, port 0 to 65535");
        }
        byte[] octets = address.getAddress();
        return octets.length == 16 ? new Pick(direction, true, Octets.i64(octets, 0), Octets.i64(octets, 8), protocol, port)
                : new Pick(direction, false, 0, Octets.i32(octets, 0) & 0xffffffffL, protocol, port);
    }

    AddressKey key() {
        return new AddressKey(high, low, (long) direction.ordinal() << 32 | (v6 ? 1L << 24 : 0) | protocol << 16 | port);
    }

    /**
     * Whether a packet of that family and protocol, whose address on that side is this one, is to the port.
     *
     * @param portless whether a later fragment, which has no port, is taken for one to the port
     */
    boolean narrows(boolean family6, int packetProtocol, Packet packet, boolean portless) {
        return v6 == family6 && (protocol == 0 || protocol == packetProtocol)
                && (port == 0 || (packet.laterFragment() ? portless : port == packet.destinationPort()));
    }
}
