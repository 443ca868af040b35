/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;

/** An IPv4 address and a port. */
public record Endpoint4(Ip4 address, @Fixed(2) int port) {

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
