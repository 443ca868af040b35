/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.net.InetAddress;

import twinwall.record.Fixed;

/**
 * Addresses that begin with the same bits.
 *
 * @param address IPv4 or IPv6; the bits after the prefix do not count
 * @param length how many bits they share: 0 to 32 or 0 to 128
 */
public record AddressPrefix(InetAddress address, @Fixed(1) int length) {

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
