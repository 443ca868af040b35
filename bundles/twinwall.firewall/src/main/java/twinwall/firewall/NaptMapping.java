/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.util.Optional;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code napt}: the public address and port that a private one uses towards one destination.
 *
 * @param vsys virtual system
 * @param protocol IP protocol number
 * @param inside private address
 * @param insidePort private port, or ICMP identifier
 * @param destination where the traffic goes
 * @param destinationPort where the traffic goes, 0 for ICMP
 * @param outside public address
 * @param outsidePort public port, or ICMP identifier
 * @param pool number of the address pool: 0 for that of NAPT, 1 for a static mapping
 * @param sessionState of the session that uses the mapping: a mapping is due for backup when its session is
 * @param local the session is to or from the firewall itself
 * @param early the peer must know of it before its session is due, because it may hand out the same public port
 * @param createdSeconds when that session was created, seconds since 1970
 * @param remainingSeconds until the mapping is free again when no packet comes
 */
public record NaptMapping(@Key int vsys, @Key @Fixed(1) int protocol, @Key Ip4 inside, @Key @Fixed(2) int insidePort,
        @Key Ip4 destination, @Key @Fixed(2) int destinationPort,
        Ip4 outside, @Fixed(2) int outsidePort, int pool, SessionState sessionState, boolean local, boolean early,
        @Fixed(4) long createdSeconds, @Soft int remainingSeconds) implements SessionFacts {

    /** One that is due when its session is. */
    public NaptMapping(int vsys, int protocol, Ip4 inside, int insidePort, Ip4 destination, int destinationPort, Ip4 outside,
            int outsidePort, int pool, SessionState sessionState, boolean local, long createdSeconds, int remainingSeconds) {
        this(vsys, protocol, inside, insidePort, destination, destinationPort, outside, outsidePort, pool, sessionState, local, false,
                createdSeconds, remainingSeconds);
    }

    /** The state of the session that uses the mapping. */
    @Override
    public SessionState state() {
        return sessionState;
    }

    @Override
    public Optional<Endpoint4> translated() {
        return Optional.of(new Endpoint4(outside, outsidePort));
    }
}
