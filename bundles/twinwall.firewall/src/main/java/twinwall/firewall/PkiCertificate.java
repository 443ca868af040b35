/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.time.Instant;
import java.util.List;

import twinwall.record.Key;
import twinwall.record.Secret;

/**
 * An entry of the table {@code pki-certificate}: a certificate that the firewall shows with its private key, or an authority that it
 * trusts (RFC 5280). A renewed certificate has the same name.
 *
 * @param name what settings and commands call it
 * @param kind what it is for
 * @param issuer distinguished name of the first certificate's issuer, RFC 2253
 * @param serial of the first certificate, hexadecimal
 * @param chain certificates in DER, the holder's first, each issued by the next; an authority has one
 * @param privateKey of the first certificate, PKCS #8 in DER; empty for an authority
 * @param sha256 of the first certificate
 * @param notBefore the first certificate is valid from then on
 * @param notAfter the first certificate is valid until then
 */
public record PkiCertificate(@Key String name, Kind kind, String issuer, String serial, List<byte[]> chain, @Secret byte[] privateKey,
        byte[] sha256, Instant notBefore, Instant notAfter) {

    /** What a certificate is for. */
    public enum Kind {
        /** The firewall's own, with private key. */
        IDENTITY,
        /** Of an authority: certificates that it issued, and revocation lists that it signed, are believed. */
        AUTHORITY
    }
}
