/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

/** Which IPv4 hosts a binding lets in (RFC 6146, section 3.5, as RFC 4787, section 5, names it). */
public enum Filtering {

    /** Every host. */
    ENDPOINT_INDEPENDENT,

    /** Hosts that the IPv6 one has a session with by the same binding. */
    ADDRESS_DEPENDENT
}
