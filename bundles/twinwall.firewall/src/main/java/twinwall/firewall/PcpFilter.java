/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;

/**
 * Who may use a PCP mapping (RFC 6887, section 13.3).
 *
 * @param remote address of the remote peer
 * @param prefixLength bits of it that count, 0 to 32
 * @param port of the remote peer, 0 for any
 */
public record PcpFilter(Ip4 remote, @Fixed(1) int prefixLength, @Fixed(2) int port) {

    /** Whether it lets that remote peer in. */
    public boolean admits(int address, int remotePort) {
        return (port == 0 || port == remotePort)
                && (prefixLength == 0 || (address ^ remote.bits()) >>> 32 - prefixLength == 0);
    }
}
