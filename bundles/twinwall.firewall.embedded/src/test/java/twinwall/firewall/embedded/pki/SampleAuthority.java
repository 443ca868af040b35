/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that issues certificates and revocation lists for tests. Everything begins a day before {@link #NOW}. */
public final class SampleAuthority {

    /** The time of a new firewall under test. */
    public static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);

    private static final Instant SINCE = NOW.minus(Duration.ofDays(1));
    private static final Instant UNTIL = NOW.plus(Duration.ofDays(7300));

    public final X509Certificate certificate;
    final KeyPair keys = ecKeys();
    private final X500Name name;
    private long serial = 100;

    /** A certificate with its key. */
    public record Issued(X509Certificate certificate, PrivateKey key, List<X509Certificate> chain) {
    }

    public SampleAuthority(String commonName) {
        name = new X500Name("CN=" + commonName);
        certificate = certificate(this, name, keys, BigInteger.ONE, SINCE, UNTIL, true);
    }

    /** A certificate for a name, with a new EC key. */
    public Issued issue(String commonName) {
        return issue(commonName, ecKeys(), SINCE, UNTIL);
    }

    /** A certificate for a key. */
    public Issued issue(String commonName, KeyPair pair, Instant from, Instant to) {
        X509Certificate issued = certificate(this, new X500Name("CN=" + commonName), pair, BigInteger.valueOf(serial++), from, to, false);
        return new Issued(issued, pair.getPrivate(), List.of(issued, certificate));
    }

    /** A revocation list, valid for a day from {@link #NOW}. */
    public byte[] crl(long number, X509Certificate... revoked) {
        return crl(number, NOW, NOW.plus(Duration.ofDays(1)), 0, revoked);
    }

    /** A revocation list with so many other entries to make it long. */
    public byte[] crl(long number, Instant from, Instant to, int others, X509Certificate... revoked) {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(from));
        builder.setNextUpdate(Date.from(to));
        for (X509Certificate each : revoked) {
            builder.addCRLEntry(each.getSerialNumber(), Date.from(from), CRLReason.keyCompromise);
        }
        for (int i = 0; i < others; i++) {
            builder.addCRLEntry(BigInteger.valueOf(1_000_000 + i), Date.from(from), CRLReason.superseded);
        }
        try {
            if (number >= 0) {
                builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
            }
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())).getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate certificate(SampleAuthority issuer, X500Name subject, KeyPair pair, BigInteger serial, Instant from,
            Instant to, boolean authority) {
        try {
            var builder = new JcaX509v3CertificateBuilder(issuer.name, serial, Date.from(from), Date.from(to), subject, pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.keys.getPrivate())).getEncoded();
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A new P-256 key. */
    public static KeyPair ecKeys() {
        return keys("EC", new ECGenParameterSpec("secp256r1"), 0);
    }

    /** A new key of a type and size. */
    public static KeyPair keys(String type, ECGenParameterSpec curve, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            if (curve != null) {
                generator.initialize(curve);
            } else if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** As people paste it. */
    public static String pem(Object... objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object each : objects) {
                writer.writeObject(each);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }
}
