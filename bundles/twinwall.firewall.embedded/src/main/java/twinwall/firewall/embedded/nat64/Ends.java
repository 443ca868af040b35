/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.Flow;

/** The addresses and ports that a packet gets on the other side. IPv4 addresses are in the low half, as in {@link Packet}. */
final class Ends {

    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int sourcePort;
    int destinationPort;

    /** Those of a packet of the flow, behind the firewall. */
    Ends of(Flow flow, int direction) {
        if (direction == 0) {
            sourceHigh = flow.farClientHigh();
            sourceLow = flow.farClientLow();
            destinationHigh = flow.farServerHigh();
            destinationLow = flow.farServerLow();
            sourcePort = flow.farClientPort();
            destinationPort = flow.farServerPort();
        } else {
            sourceHigh = flow.serverHigh;
            sourceLow = flow.serverLow;
            destinationHigh = flow.clientHigh;
            destinationLow = flow.clientLow;
            sourcePort = flow.ports & 0xffff;
            destinationPort = flow.ports >>> 16;
        }
        return this;
    }

    /** Those of the packet that an ICMP error of the flow quotes, behind the firewall: it went the other way. */
    Ends quotedBy(Flow flow, int direction) {
        of(flow, direction);
        return turn();
    }

    private Ends turn() {
        long high = sourceHigh;
        long low = sourceLow;
        int port = sourcePort;
        sourceHigh = destinationHigh;
        sourceLow = destinationLow;
        sourcePort = destinationPort;
        destinationHigh = high;
        destinationLow = low;
        destinationPort = port;
        return this;
    }

    /** One's complement sum of addresses and ports, as they are in a checksum. */
    long sum(boolean v6) {
        long sum = sum(sourceLow & 0xffffffffL) + sum(destinationLow & 0xffffffffL);
        return v6 ? sum + sum(sourceLow >>> 32) + sum(destinationLow >>> 32) + sum(sourceHigh & 0xffffffffL) + sum(sourceHigh >>> 32)
                + sum(destinationHigh & 0xffffffffL) + sum(destinationHigh >>> 32) : sum;
    }

    private static long sum(long word) {
        return (word >>> 16) + (word & 0xffff);
    }
}
