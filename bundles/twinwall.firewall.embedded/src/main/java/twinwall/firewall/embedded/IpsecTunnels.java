/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.List;

import org.osgi.annotation.versioning.ProviderType;

/** Installs and removes IPsec tunnels, for programs such as a key exchange. Methods may be called from any thread. */
@ProviderType
public interface IpsecTunnels {

    /**
     * Installs a tunnel, two associations. A new one between the same prefixes is used for what goes out from now on, and the old one
     * still opens what comes in until it is removed: so keys are changed.
     *
     * @throws IllegalArgumentException when it cannot be used; the message says why, without the keys
     * @throws IllegalStateException when the table is full, or this firewall stands by: the active one must be told
     */
    void install(TunnelRequest request);

    /**
     * Removes a tunnel, both associations.
     *
     * @return whether there was one
     */
    boolean remove(String name);

    /** What is installed, one for each association, in the order of names. */
    List<AssociationStatus> list();

    /**
     * An association without its key.
     *
     * @param direction {@code inbound} or {@code outbound}
     * @param user {@code this} firewall, or {@code peer}
     * @param number highest sequence number used or accepted here
     * @param over whether its lifetime is over
     */
    record AssociationStatus(String tunnel, String direction, String source, String destination, long spi, List<String> local,
            List<String> remote, String user, long number, long packets, long octets, boolean over) {
    }
}
