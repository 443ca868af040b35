/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** An address of either version; IPv4 as the IPv6 address that maps it (RFC 4291, 2.5.5.2). */
record Ip(long high, long low) implements Comparable<Ip> {

    private static final long MAPPED = 0xffff00000000L;

    static Ip v4(int bits) {
        return new Ip(0, MAPPED | bits & 0xffffffffL);
    }

    /** The bits of an IPv4 address. */
    int bits4() {
        return (int) low;
    }

    @Override
    public int compareTo(Ip other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(ByteBuffer.allocate(16).putLong(high).putLong(low).array()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
