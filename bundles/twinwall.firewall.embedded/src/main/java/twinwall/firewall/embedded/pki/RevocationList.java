/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import twinwall.firewall.Crl;

/**
 * A full revocation list (RFC 5280, section 5). Lists that speak of a part only (delta lists, lists of one distribution point or of other
 * issuers) have a critical extension and are not taken. Immutable.
 */
final class RevocationList {

    /** Of the list in one entry: an entry's value must stay below 16384 bytes. */
    static final int PART_BYTES = 15 * 1024;

    private static final String CRL_NUMBER = "2.5.29.20";
    private static final int MOST_NUMBER_BYTES = 20;
    private static final int CRL_SIGN = 6;

    private final X509CRL crl;
    private final byte[] der;
    private final byte[] sha256;
    private final BigInteger number;

    private RevocationList(X509CRL crl, byte[] der, BigInteger number) {
        this.crl = crl;
        this.der = der;
        this.sha256 = HeldCertificate.sha256(der);
        this.number = number;
    }

    /**
     * Reads a list. Who signed it is not looked at.
     *
     * @throws CRLException when these bytes are no list or one that cannot be used; the message says why
     */
    static RevocationList read(byte[] der) throws CRLException {
        X509CRL crl;
        int more;
        try {
            InputStream in = new ByteArrayInputStream(der);
            crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
            more = in.available();
        } catch (GeneralSecurityException | IOException e) {
            throw new CRLException("it is no X.509 revocation list", e);
        }
        if (crl == null || more > 0) {
            throw new CRLException("something follows the revocation list");
        }
        Set<String> critical = crl.getCriticalExtensionOIDs();
        if (critical != null && !critical.isEmpty()) {
            throw new CRLException("its critical extension " + critical.iterator().next()
                    + " is not understood: only full lists of one authority are (no delta, no distribution points)");
        }
        return new RevocationList(crl, der, number(crl.getExtensionValue(CRL_NUMBER)));
    }

    private static BigInteger number(byte[] extension) throws CRLException {
        if (extension == null) {
            return null;
        }
        BigInteger number;
        try {
            number = ASN1Integer.getInstance(ASN1OctetString.getInstance(extension).getOctets()).getPositiveValue();
        } catch (IllegalArgumentException e) {
            throw new CRLException("its number is none", e);
        }
        if (number.bitLength() > MOST_NUMBER_BYTES * Byte.SIZE) {
            throw new CRLException("its number is longer than " + MOST_NUMBER_BYTES + " bytes");
        }
        return number;
    }

    /** Whether an authority with that certificate signed it and may do so. */
    boolean signedBy(X509Certificate authority) {
        boolean[] usage = authority.getKeyUsage();
        if (usage != null && !usage[CRL_SIGN]) {
            return false;
        }
        try {
            crl.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether it replaces another list of the same issuer: by number, or by date where one has no number. */
    boolean replaces(RevocationList other) {
        return newer(number == null ? "" : number.toString(16), thisUpdate(), other);
    }

    /** As {@link #replaces}, for a list of which only a part has come. */
    static boolean newer(String number, Instant thisUpdate, RevocationList held) {
        if (number.isEmpty() || held.number == null) {
            return thisUpdate.isAfter(held.thisUpdate());
        }
        int compared = new BigInteger(number, 16).compareTo(held.number);
        return compared > 0 || compared == 0 && thisUpdate.isAfter(held.thisUpdate());
    }

    /** As entries of the table {@code crl}. */
    List<Crl> parts() {
        int count = (der.length + PART_BYTES - 1) / PART_BYTES;
        List<Crl> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parts.add(new Crl(issuer(), i, count, number == null ? "" : number.toString(16), thisUpdate(), nextUpdate(), sha256,
                    Arrays.copyOfRange(der, i * PART_BYTES, Math.min(der.length, (i + 1) * PART_BYTES))));
        }
        return parts;
    }

    /** Whether a part says of the list what the list says of itself. */
    boolean describedBy(Crl part) {
        return part.issuer().equals(issuer()) && part.number().equals(number == null ? "" : number.toString(16))
                && part.thisUpdate().equals(thisUpdate()) && part.nextUpdate().equals(nextUpdate());
    }

    /** SHA-256 of the name, lower-case hexadecimal. */
    static String hash(X500Principal name) {
        return HexFormat.of().formatHex(HeldCertificate.sha256(name.getEncoded()));
    }

    String issuer() {
        return hash(crl.getIssuerX500Principal());
    }

    X509CRL crl() {
        return crl;
    }

    boolean is(byte[] otherSha256) {
        return Arrays.equals(sha256, otherSha256);
    }

    BigInteger number() {
        return number;
    }

    Instant thisUpdate() {
        return crl.getThisUpdate().toInstant();
    }

    Optional<Instant> nextUpdate() {
        return Optional.ofNullable(crl.getNextUpdate()).map(java.util.Date::toInstant);
    }

    /** Whether a newer list should have been there by now. One that does not say when is never over. */
    boolean over(Instant now) {
        return nextUpdate().map(next -> !now.isBefore(next)).orElse(false);
    }
}
