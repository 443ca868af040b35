/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;

/**
 * An IPv4 address. Four bytes in an entry.
 *
 * @param bits in network order, the first octet in the highest byte
 */
public record Ip4(@Fixed(4) int bits) {

    /** Dotted decimal, as {@code 192.0.2.1}. */
    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
