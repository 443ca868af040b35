/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;
import twinwall.record.Key;

/**
 * An entry of the table {@code ds-lite-server}: a server behind a tunnel that everybody reaches under a public address and port. It stays
 * until it is removed.
 *
 * @param vsys virtual system, 0 when there is one only
 * @param softwire IPv6 address of the tunnel's end at the subscriber (B4)
 * @param protocol IP protocol number: TCP or UDP
 * @param inside the server's private address
 * @param insidePort the server's port
 * @param outside public address
 * @param outsidePort public port
 */
public record DsLiteServer(@Key int vsys, @Key Ip6 softwire, @Key @Fixed(1) int protocol, @Key Ip4 inside, @Key @Fixed(2) int insidePort,
        Ip4 outside, @Fixed(2) int outsidePort) {
}
