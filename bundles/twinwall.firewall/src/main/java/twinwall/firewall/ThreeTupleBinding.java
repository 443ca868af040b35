/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code nat-3-tuple}: the public address and port that a private one has whoever it talks to, and by which whoever
 * sends there reaches it.
 *
 * @param vsys virtual system, 0 when there is one only
 * @param protocol IP protocol number: TCP, UDP or ICMP
 * @param inside private address
 * @param insidePort private port, or ICMP identifier
 * @param outside public address
 * @param outsidePort public port, or ICMP identifier
 * @param pool number of the address pool
 * @param early the peer must know of it before it is due, because it may hand out the same public address and port
 * @param remainingSeconds until the binding is free again when no session uses it
 */
public record ThreeTupleBinding(@Key int vsys, @Key @Fixed(1) int protocol, @Key Ip4 inside, @Key @Fixed(2) int insidePort,
        Ip4 outside, @Fixed(2) int outsidePort, int pool, boolean early, @Soft int remainingSeconds) implements NatBinding {

    /** One that is due by its protocol. */
    public ThreeTupleBinding(int vsys, int protocol, Ip4 inside, int insidePort, Ip4 outside, int outsidePort, int pool,
            int remainingSeconds) {
        this(vsys, protocol, inside, insidePort, outside, outsidePort, pool, false, remainingSeconds);
    }
}
