/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import org.osgi.annotation.versioning.ConsumerType;

/** What the entries have in common that give an inside endpoint a public one, whoever it talks to: when they are due. */
@ConsumerType
public interface NatBinding {

    /** IP protocol number on the inside: TCP, UDP, ICMP or ICMPv6. */
    int protocol();

    /** Whether the peer must know of the entry before it is due, because it may hand out the same public address and port. */
    boolean early();
}
