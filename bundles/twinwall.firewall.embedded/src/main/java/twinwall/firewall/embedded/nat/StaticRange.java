/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.Ip4;
import twinwall.firewall.StaticMapping;
import twinwall.firewall.embedded.lists.Ip4Range;

/**
 * The arithmetic of one static mapping. With <em>n</em> private addresses on <em>m</em> public ones, each public address serves <em>n /
 * m</em> private ones, and each of these has that part of the public ports. Private address <em>i</em> has public address <em>i / (n /
 * m)</em> and the ports number <em>i % (n / m)</em> on it, counted from 0.
 *
 * @param inside private addresses
 * @param outside public addresses
 * @param ports public ports of each
 */
record StaticRange(Ip4Range inside, Ip4Range outside, PortRange ports) {

    /**
     * The range of an entry.
     *
     * @throws IllegalArgumentException when it cannot be divided evenly; the message says why
     */
    static StaticRange of(StaticMapping entry) {
        Ip4Range inside = Ip4Range.of(entry.insideFirst(), entry.insideLast());
        Ip4Range outside = Ip4Range.of(entry.outsideFirst(), entry.outsideLast());
        if (inside.size() < 1 || outside.size() < 1 || entry.firstPort() > entry.lastPort()) {
            throw new IllegalArgumentException("ranges must rise");
        }
        StaticRange range = new StaticRange(inside, outside, new PortRange(entry.firstPort(), entry.lastPort()));
        if (inside.size() % outside.size() != 0) {
            throw new IllegalArgumentException(inside.size() + " private addresses cannot be divided evenly among " + outside.size()
                    + " public ones");
        }
        if (range.ports.size() < range.sharing() || range.ports.size() % range.sharing() != 0) {
            throw new IllegalArgumentException(range.ports.size() + " ports cannot be divided evenly among the " + range.sharing()
                    + " private addresses that share a public one");
        }
        return range;
    }

    /** Private addresses on each public one. */
    long sharing() {
        return inside.size() / outside.size();
    }

    /** Ports that each private address has. */
    int portsEach() {
        return (int) (ports.size() / sharing());
    }

    /** The public address of a private one of the range. */
    int address(long client) {
        return (int) (outside.first() + (client - inside.first()) / sharing());
    }

    /** The first of its ports. */
    int firstPort(long client) {
        return ports.first() + (int) ((client - inside.first()) % sharing()) * portsEach();
    }

    /** The private address that has the public address and port, both of the range. */
    Ip4 client(long address, int port) {
        return new Ip4((int) (inside.first() + (address - outside.first()) * sharing() + (port - ports.first()) / portsEach()));
    }

    /** Whether both would give the same public port away. */
    boolean sharesPorts(StaticRange other) {
        return outside.overlaps(other.outside) && ports.first() <= other.ports.last() && other.ports.first() <= ports.last();
    }
}
