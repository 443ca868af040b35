/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

import org.osgi.annotation.versioning.ProviderType;
import twinwall.firewall.PkiCertificate;

/**
 * What people and programs do with certificates and revocation lists. They are kept in memory only, here and on the peer: no private key
 * ever reaches a file. Only a firewall that forwards takes them, so that the peer's copy follows. Methods may be called from any thread
 * and throw
 * <ul>
 * <li>{@link IllegalArgumentException} when what is given cannot be used: the message says what is wrong with it, and holds no secret;</li>
 * <li>{@link IllegalStateException} when it cannot be taken now: on a standby, or when the table is full.</li>
 * </ul>
 */
@ProviderType
public interface Certificates {

    /**
     * Puts in the firewall's own certificate, or renews the one with that name.
     *
     * @param name 1 to 64 letters, digits, dots, hyphens and underscores
     * @param chain the certificate, then that of its issuer, and so on; the root may be left out; valid now
     * @param key the first certificate's: RSA of 2048 to 8192 bits, EC or EdDSA
     */
    PkiCertificate importIdentity(String name, List<X509Certificate> chain, PrivateKey key);

    /** Puts in an authority whose certificates and revocation lists are believed, or replaces the one with that name. */
    PkiCertificate importAuthority(String name, X509Certificate certificate);

    /**
     * Puts in a revocation list in DER, or replaces that of the same issuer. It must be a full one, valid now, signed by a held authority,
     * and newer than the one held.
     *
     * @return the SHA-256 of the issuer's name, as in the table {@code crl}
     */
    String importCrl(byte[] der);

    /**
     * Takes a certificate out.
     *
     * @return whether there was one
     */
    boolean remove(String name);

    /**
     * Takes a revocation list out.
     *
     * @param issuer the SHA-256 of its issuer's name, as in the table {@code crl}
     * @return whether there was one
     */
    boolean removeCrl(String issuer);
}
