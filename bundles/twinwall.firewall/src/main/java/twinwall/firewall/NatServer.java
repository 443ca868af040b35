/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;
import twinwall.record.Key;

/**
 * An entry of the table {@code nat-server}: a server inside that is reached by a public address.
 *
 * @param vsys virtual system
 * @param name of the server, given by people
 * @param protocol IP protocol number, TCP or UDP; 0 for a whole address: every protocol and port
 * @param global public address
 * @param globalPort first public port; 0 for a whole address
 * @param inside private address of the server
 * @param insidePort first port of the server; 0 for a whole address
 * @param ports how many successive ports; 0 for a whole address
 * @param noReverse sessions that the server itself begins do not use the public address
 */
public record NatServer(@Key int vsys, @Key String name, @Fixed(1) int protocol, Ip4 global, @Fixed(2) int globalPort, Ip4 inside,
        @Fixed(2) int insidePort, int ports, boolean noReverse) {
}
