/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

/**
 * Which client certificates a TLS server of the firewall believes.
 *
 * @param authority name of a held authority; empty: clients are not asked for a certificate
 * @param required a client without a certificate is refused
 * @param crlRequired a certificate is refused when no valid revocation list of its issuer is held; otherwise it is refused only when a held
 *     list, valid or not, revokes it
 */
public record ClientTrust(String authority, boolean required, boolean crlRequired) {

    /** Clients are not asked. */
    public static final ClientTrust NOBODY_ASKED = new ClientTrust("", false, false);

    /** Whether clients are asked for a certificate. */
    public boolean asks() {
        return !authority.isEmpty();
    }
}
