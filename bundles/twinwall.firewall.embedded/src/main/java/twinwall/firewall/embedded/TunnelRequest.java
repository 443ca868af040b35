/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.net.InetAddress;
import java.util.List;

import twinwall.firewall.AddressPrefix;

/**
 * A tunnel to be installed: what two gateways have agreed on, by hand or by a key exchange that runs elsewhere.
 *
 * @param name 1 to 64 of A-Z a-z 0-9 . _ -
 * @param local own address, one of {@code ipsec_addresses}
 * @param remote address of the other gateway
 * @param spiIn of packets to {@code local}, 256 to 2^32 - 1
 * @param spiOut of packets to {@code remote}
 * @param keyIn AES key of 16, 24 or 32 octets and 4 octets of salt, for packets to {@code local}
 * @param keyOut the same for packets to {@code remote}; must differ from every other key
 * @param localPrefixes behind this firewall, 1 to 16
 * @param remotePrefixes behind the other gateway, 1 to 16
 * @param extendedNumbers 64-bit sequence numbers
 * @param window replay window, 64 to 4096; 0 for the setting {@code ipsec_replay_window}
 * @param lifetimeSeconds 0 without end; for each direction, as the two following
 * @param lifetimePackets 0 without end
 * @param lifetimeOctets 0 without end
 */
public record TunnelRequest(String name, InetAddress local, InetAddress remote, long spiIn, long spiOut, byte[] keyIn, byte[] keyOut,
        List<AddressPrefix> localPrefixes, List<AddressPrefix> remotePrefixes, boolean extendedNumbers, int window, int lifetimeSeconds,
        long lifetimePackets, long lifetimeOctets) {

    /** Without the keys. */
    @Override
    public String toString() {
        return name + " " + local.getHostAddress() + " to " + remote.getHostAddress();
    }
}
