/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code nat64}, a binding of the BIB (RFC 6146, section 3.1): the public IPv4 address and port that an IPv6 one has
 * whoever it talks to.
 *
 * @param vsys virtual system, 0 when there is one only
 * @param protocol IP protocol number on the IPv6 side: TCP, UDP or ICMPv6
 * @param inside IPv6 address
 * @param insidePort its port, or ICMPv6 identifier
 * @param outside public IPv4 address
 * @param outsidePort public port, or ICMP identifier
 * @param early the peer must know of it before it is due, because it may hand out the same public address and port
 * @param remainingSeconds until the binding is free again when no session uses it
 */
public record Nat64Binding(@Key int vsys, @Key @Fixed(1) int protocol, @Key Ip6 inside, @Key @Fixed(2) int insidePort,
        Ip4 outside, @Fixed(2) int outsidePort, boolean early, @Soft int remainingSeconds) implements NatBinding {

    /** One that is due by its protocol. */
    public Nat64Binding(int vsys, int protocol, Ip6 inside, int insidePort, Ip4 outside, int outsidePort, int remainingSeconds) {
        this(vsys, protocol, inside, insidePort, outside, outsidePort, false, remainingSeconds);
    }
}
