/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import twinwall.firewall.PkiCertificate;
import twinwall.firewall.PkiCertificate.Kind;

/**
 * A certificate of the table, read and found consistent: the chain's links are signed by each other, the key is the first one's, an
 * authority is one (RFC 5280, section 4.2.1.9). Immutable.
 */
final class HeldCertificate {

    /** Of chain and key together: an entry's value must stay below 16384 bytes. */
    static final int MOST_BYTES = 15 * 1024;

    private static final int MOST_LINKS = 8;
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;
    private static final int KEY_CERT_SIGN = 5;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final PkiCertificate entry;
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private HeldCertificate(PkiCertificate entry, List<X509Certificate> chain, PrivateKey key) {
        this.entry = entry;
        this.chain = chain;
        this.key = key;
    }

    /**
     * Reads an entry.
     *
     * @throws CertificateException when it contradicts itself or is outside the limits; the message holds no secret
     */
    static HeldCertificate read(PkiCertificate entry) throws CertificateException {
        need(NAME.matcher(entry.name()).matches(), "name must be 1 to 64 letters, digits, dots, hyphens and underscores");
        int bytes = entry.privateKey().length + entry.chain().stream().mapToInt(link -> link.length).sum();
        need(bytes <= MOST_BYTES, "chain and key have " + bytes + " bytes in DER; at most " + MOST_BYTES
                + " can be backed up. Leave the root out, or use a smaller key");
        need(!entry.chain().isEmpty() && entry.chain().size() <= MOST_LINKS, "a chain must have 1 to " + MOST_LINKS + " certificates");
        List<X509Certificate> chain = new ArrayList<>();
        for (byte[] der : entry.chain()) {
            chain.add(certificate(der));
        }
        X509Certificate first = chain.get(0);
        need(Arrays.equals(entry.sha256(), sha256(first.getEncoded())), "the SHA-256 is not the certificate's");
        checkKey(first.getPublicKey());
        boolean authority = entry.kind() == Kind.AUTHORITY;
        if (authority) {
            need(chain.size() == 1 && entry.privateKey().length == 0, "an authority is one certificate without a private key");
            need(isAuthority(first), subject(first) + " is not an authority: it may not sign certificates");
        } else {
            checkLinks(chain);
        }
        return new HeldCertificate(entry, List.copyOf(chain), authority ? null : matchingKey(entry.privateKey(), first.getPublicKey()));
    }

    /** The entry of a certificate; not yet checked. */
    static PkiCertificate entry(String name, Kind kind, List<X509Certificate> chain, PrivateKey key) throws CertificateException {
        need(!chain.isEmpty(), "a certificate is missing");
        need(key == null || "PKCS#8".equals(key.getFormat()), "the private key cannot be copied: its maker keeps it to itself");
        List<byte[]> links = new ArrayList<>();
        for (X509Certificate link : chain) {
            links.add(link.getEncoded());
        }
        X509Certificate first = chain.get(0);
        return new PkiCertificate(name, kind, first.getIssuerX500Principal().getName(), first.getSerialNumber().toString(16), links,
                key == null ? new byte[0] : key.getEncoded(), sha256(links.get(0)), first.getNotBefore().toInstant(),
                first.getNotAfter().toInstant());
    }

    /** Reads a certificate that is exactly these bytes. */
    static X509Certificate certificate(byte[] der) throws CertificateException {
        InputStream in = new ByteArrayInputStream(der);
        X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        try {
            need(in.available() == 0, "something follows the certificate");
        } catch (IOException e) {
            throw new CertificateException(e);
        }
        return read;
    }

    private static void checkKey(PublicKey key) throws CertificateException {
        if (key instanceof RSAKey rsa) {
            int bits = rsa.getModulus().bitLength();
            need(bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS, "an RSA key of " + bits + " bits is not taken: " + LEAST_RSA_BITS + " to "
                    + MOST_RSA_BITS);
        }
        signature(key);
    }

    private static void checkLinks(List<X509Certificate> chain) throws CertificateException {
        for (int i = 0; i + 1 < chain.size(); i++) {
            X509Certificate link = chain.get(i);
            X509Certificate issuer = chain.get(i + 1);
            try {
                need(link.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()), "certificate " + (i + 2)
                        + " of the chain is not the issuer of the one before; the order is holder, its issuer, the issuer's issuer");
                need(isAuthority(issuer), subject(issuer) + " may not issue certificates");
                link.verify(issuer.getPublicKey());
            } catch (CertificateException e) {
                throw e;
            } catch (GeneralSecurityException e) {
                throw new CertificateException("certificate " + (i + 1) + " of the chain is not signed by the one after it", e);
            }
        }
    }

    private static boolean isAuthority(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
    }

    private static PrivateKey matchingKey(byte[] pkcs8, PublicKey certified) throws CertificateException {
        need(pkcs8.length > 0, "the private key is missing");
        try {
            PrivateKey key = KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            byte[] text = "key and certificate".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            Signature sign = signature(certified);
            sign.initSign(key);
            sign.update(text);
            Signature verify = signature(certified);
            byte[] signed = sign.sign();
            verify.initVerify(certified);
            verify.update(text);
            need(verify.verify(signed), "the private key is not the certificate's");
            return key;
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            // Its cause may quote the key.
            throw new CertificateException("the private key is not the certificate's");
        }
    }

    private static Signature signature(PublicKey key) throws CertificateException {
        try {
            return Signature.getInstance(switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
                default -> throw new CertificateException("keys of type " + key.getAlgorithm() + " are not taken: RSA, EC or EdDSA");
            });
        } catch (NoSuchAlgorithmException e) {
            throw new CertificateException("this Java cannot use keys of type " + key.getAlgorithm(), e);
        }
    }

    private static String subject(X509Certificate certificate) {
        return "'" + certificate.getSubjectX500Principal().getName() + "'";
    }

    private static void need(boolean fulfilled, String otherwise) throws CertificateException {
        if (!fulfilled) {
            throw new CertificateException(otherwise);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    PkiCertificate entry() {
        return entry;
    }

    X509Certificate first() {
        return chain.get(0);
    }

    List<X509Certificate> chain() {
        return chain;
    }

    /** {@code null} for an authority. */
    PrivateKey key() {
        return key;
    }
}
