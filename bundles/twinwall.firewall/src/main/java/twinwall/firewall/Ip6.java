/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

import twinwall.record.Fixed;

/**
 * An IPv6 address. Sixteen bytes in an entry.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record Ip6(@Fixed(8) long high, @Fixed(8) long low) {

    /** Colon notation without compression, as {@code 2001:db8:0:0:0:0:0:1}. */
    @Override
    public String toString() {
        try {
            // Not InetAddress.getByAddress, which turns IPv4-mapped addresses into IPv4 ones.
            return Inet6Address.getByAddress(null, ByteBuffer.allocate(16).putLong(high).putLong(low).array(), -1).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an IPv6 address", e);
        }
    }
}
