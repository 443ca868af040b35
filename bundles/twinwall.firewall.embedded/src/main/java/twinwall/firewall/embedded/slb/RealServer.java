/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

import twinwall.firewall.Endpoint4;
import twinwall.firewall.Ip4;
import twinwall.firewall.embedded.lists.Prefix;

/**
 * A real server: one of those that share the work of a virtual one.
 *
 * @param address IPv4
 * @param port 1 to 65535
 * @param weight its share of new clients beside the others' weights, 1 to 100
 */
public record RealServer(Ip4 address, int port, int weight) {

    /** Largest weight. */
    public static final int MOST_WEIGHT = 100;

    /** Checks the numbers. */
    public RealServer {
        if (port < 1 || port > 65535 || weight < 1 || weight > MOST_WEIGHT) {
            throw new IllegalArgumentException("made of ports 1 to 65535 and weights 1 to " + MOST_WEIGHT + ", unlike "
                    + address + ":" + port + " weight " + weight);
        }
    }

    /** Reads {@code 10.0.0.10:8080} or {@code 10.0.0.10:8080 weight 3}; without a weight it is 1. */
    public static RealServer parse(String text) {
        String[] words = text.trim().split("\\s+");
        boolean weighted = words.length == 3 && words[1].equals("weight") && words[2].matches("[0-9]{1,3}");
        if (words.length != 1 && !weighted) {
            throw new IllegalArgumentException("made of real servers such as 10.0.0.10:8080 weight 3, unlike " + text.trim());
        }
        Endpoint4 endpoint = endpoint(words[0]);
        return new RealServer(endpoint.address(), endpoint.port(), weighted ? Integer.parseInt(words[2]) : 1);
    }

    /** Reads {@code 10.0.0.10:8080}. */
    public static Endpoint4 endpoint(String text) {
        int colon = text.indexOf(':');
        String port = text.substring(colon + 1);
        if (colon > 0 && text.indexOf('/') < 0 && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65535) {
            Prefix address = Prefix.parse(text.substring(0, colon));
            if (!address.v6()) {
                return new Endpoint4(new Ip4((int) address.low()), Integer.parseInt(port));
            }
        }
        throw new IllegalArgumentException("made of addresses with ports such as 10.0.0.10:8080, unlike " + text);
    }

    /** Where to connect to. */
    public InetSocketAddress socketAddress() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(address.bits()).array()), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 octets are an address", e);
        }
    }

    /** Whether it has that address and port. */
    public boolean is(int addressBits, int atPort) {
        return address.bits() == addressBits && port == atPort;
    }

    /** As {@code 10.0.0.10:8080}, without the weight. */
    @Override
    public String toString() {
        return address + ":" + port;
    }
}
