/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.util.List;
import java.util.Optional;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Secret;
import twinwall.record.Soft;

/**
 * An entry of the table {@code pcp}: a mapping that a host asked for with the Port Control Protocol (RFC 6887).
 *
 * @param vsys virtual system, 0 when there is one only
 * @param opcode what was asked for
 * @param protocol IP protocol number: TCP or UDP
 * @param inside private address
 * @param insidePort private port
 * @param remote the remote peer of a PEER mapping; empty for MAP
 * @param client who asked: another than {@code inside} when it did so for a third party
 * @param outside public address
 * @param outsidePort public port
 * @param pool number of the address pool
 * @param nonce proves later requests for this mapping to be its owner's
 * @param lifetimeSeconds how long it was given for
 * @param expiresSeconds when that ends, seconds since 1970 by the clock of the firewall that gave it
 * @param filters who may use a MAP mapping; empty: anybody
 * @param epochSeconds the server's epoch time (RFC 6887, section 8.5) at the moment of this entry, from which the peer goes on counting
 * @param remainingSeconds until the mapping ends
 */
public record PcpMapping(@Key int vsys, @Key Opcode opcode, @Key @Fixed(1) int protocol, @Key Ip4 inside, @Key @Fixed(2) int insidePort,
        @Key Optional<Endpoint4> remote, Ip4 client, Ip4 outside, @Fixed(2) int outsidePort, int pool, @Secret PcpNonce nonce,
        int lifetimeSeconds, @Fixed(4) long expiresSeconds, List<PcpFilter> filters, @Soft long epochSeconds, @Soft int remainingSeconds) {

    /** What a host asks for. */
    public enum Opcode {
        /** Let anybody, or those whom filters name, reach a port of mine. */
        MAP,
        /** Keep the public port of a connection of mine to one remote peer. */
        PEER
    }
}
