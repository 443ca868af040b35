/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code ds-lite}: the public address and port that an inside one behind a tunnel has whoever it talks to (RFC 6333,
 * section 8.2). Inside addresses are the same behind many tunnels; the tunnel's end tells them apart.
 *
 * @param vsys virtual system, 0 when there is one only
 * @param softwire IPv6 address of the tunnel's end at the subscriber (B4)
 * @param protocol IP protocol number: TCP, UDP or ICMP
 * @param inside private address
 * @param insidePort private port, or ICMP identifier
 * @param outside public address
 * @param outsidePort public port, or ICMP identifier
 * @param early the peer must know of it before it is due, because it may hand out the same public address and port
 * @param remainingSeconds until the binding is free again when no session uses it
 */
public record DsLiteBinding(@Key int vsys, @Key Ip6 softwire, @Key @Fixed(1) int protocol, @Key Ip4 inside,
        @Key @Fixed(2) int insidePort, Ip4 outside, @Fixed(2) int outsidePort, boolean early, @Soft int remainingSeconds)
        implements NatBinding {

    /** One that is due by its protocol. */
    public DsLiteBinding(int vsys, Ip6 softwire, int protocol, Ip4 inside, int insidePort, Ip4 outside, int outsidePort,
            int remainingSeconds) {
        this(vsys, softwire, protocol, inside, insidePort, outside, outsidePort, false, remainingSeconds);
    }
}
