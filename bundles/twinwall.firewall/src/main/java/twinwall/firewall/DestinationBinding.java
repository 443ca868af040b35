/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code destination-nat}: the address inside that a client's packets to one destination go to.
 *
 * @param vsys virtual system
 * @param rule number of the rule, 1 for the first
 * @param protocol IP protocol number
 * @param source the client
 * @param destination where the client sends to
 * @param destinationPort where the client sends to, 0 for protocols without ports
 * @param real where its packets go to
 * @param realPort where its packets go to
 * @param sessions that use it now
 * @param remainingSeconds until the client may be given another one when no session uses it
 */
public record DestinationBinding(@Key int vsys, @Key int rule, @Key @Fixed(1) int protocol, @Key Ip4 source, @Key Ip4 destination,
        @Key @Fixed(2) int destinationPort, Ip4 real, @Fixed(2) int realPort, @Soft int sessions, @Soft int remainingSeconds) {
}
