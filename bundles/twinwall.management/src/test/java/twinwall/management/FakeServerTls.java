/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import twinwall.firewall.ClientTrust;
import twinwall.firewall.ServerTls;

/** A firewall with one certificate that believes one client, until it is revoked. */
final class FakeServerTls implements ServerTls {

    final X509Certificate certificate;
    volatile boolean revoked;
    private final KeyStore own;
    private final X509Certificate client;

    private FakeServerTls(KeyStore own, X509Certificate client) throws GeneralSecurityException {
        this.own = own;
        this.client = client;
        certificate = (X509Certificate) own.getCertificate("own");
    }

    static FakeServerTls believing(KeyStore client) throws GeneralSecurityException {
        return new FakeServerTls(selfSigned("server"), (X509Certificate) client.getCertificate("own"));
    }

    /** A key with a certificate of its own, under the alias {@code own}. */
    static KeyStore selfSigned(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair pair = generator.generateKeyPair();
            Instant now = Instant.now();
            X500Name subject = new X500Name("CN=" + name);
            var builder = new JcaX509v3CertificateBuilder(subject, BigInteger.ONE, Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(1))), subject, pair.getPublic());
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.iPAddress,
                "127.0.0.1")));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", pair.getPrivate(), new char[0], new Certificate[] {new JcaX509CertificateConverter().getCertificate(
                builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())))});
            return store;
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    /** A context that shows a key, or none, and believes one certificate. */
    static SSLContext context(KeyStore shown, X509Certificate believed) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(shown, new char[0]);
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("peer", believed);
            TrustManagerFactory trusts = TrustManagerFactory.getInstance("PKIX");
            trusts.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown == null ? null : keys.getKeyManagers(), trusts.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public SSLContext context(String name, ClientTrust clients) {
        return context(own, client);
    }

    @Override
    public SSLParameters parameters(ClientTrust clients) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setNeedClientAuth(clients.required());
        return parameters;
    }

    @Override
    public void check(SSLSession session, ClientTrust clients) throws CertificateException {
        try {
            if (clients.asks() && (revoked || !session.getPeerCertificates()[0].equals(client))) {
                throw new CertificateException("revoked");
            }
        } catch (SSLPeerUnverifiedException e) {
            throw new CertificateException(e);
        }
    }

    @Override
    public String lacking(String name, ClientTrust clients) {
        return "";
    }
}
