/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.net.InetAddress;
import java.util.Optional;

import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code whitelist}: packets from or to an address pass the blacklist and the detection of scans. People put entries
 * in, the firewall itself does not.
 *
 * @param vsys virtual system
 * @param direction whether the address is the source or the destination of packets
 * @param address IPv4 or IPv6
 * @param protocol IP protocol number, 0 for any
 * @param port destination port, 0 for any
 * @param reason for people; empty when none was given
 * @param timeoutSeconds how long it holds from its creation; empty: until it is removed
 * @param remainingSeconds until it ends; 0 when it does not end by itself
 */
public record WhitelistEntry(@Key int vsys, @Key Direction direction, @Key InetAddress address, @Key @Fixed(1) int protocol,
        @Key @Fixed(2) int port, String reason, Optional<Integer> timeoutSeconds, @Soft int remainingSeconds) {
}
