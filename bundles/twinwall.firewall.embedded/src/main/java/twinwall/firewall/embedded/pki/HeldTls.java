/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

import twinwall.firewall.ClientTrust;
import twinwall.firewall.PkiCertificate.Kind;
import twinwall.firewall.ServerTls;

/** TLS servers by the held certificates. Cipher suites are those of TLS 1.3, and of TLS 1.2 those with ECDHE and an AEAD (RFC 9325). */
final class HeldTls implements ServerTls {

    private static final int RESUMPTION_SECONDS = 300;
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] SUITES = {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"};

    private final Pki pki;

    HeldTls(Pki pki) {
        this.pki = pki;
    }

    @Override
    public SSLContext context(String certificate, ClientTrust clients) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new HeldKeyManager(pki, certificate)},
                    new TrustManager[] {new ClientTrustManager(pki, clients)}, null);
            context.getServerSessionContext().setSessionTimeout(RESUMPTION_SECONDS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no TLS", e);
        }
    }

    @Override
    public SSLParameters parameters(ClientTrust clients) {
        SSLParameters parameters = new SSLParameters(SUITES.clone(), PROTOCOLS.clone());
        parameters.setUseCipherSuitesOrder(true);
        if (clients.asks() && clients.required()) {
            parameters.setNeedClientAuth(true);
        } else if (clients.asks()) {
            parameters.setWantClientAuth(true);
        }
        return parameters;
    }

    @Override
    public void check(SSLSession session, ClientTrust clients) throws CertificateException {
        if (!clients.asks()) {
            return;
        }
        Certificate[] shown;
        try {
            shown = session.getPeerCertificates();
        } catch (SSLPeerUnverifiedException e) {
            if (clients.required()) {
                throw new CertificateException("The client showed no certificate.");
            }
            return;
        }
        X509Certificate[] chain = Arrays.copyOf(shown, shown.length, X509Certificate[].class);
        new ClientTrustManager(pki, clients).checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
    }

    @Override
    public String lacking(String certificate, ClientTrust clients) {
        HeldCertificate held = pki.held(certificate, Kind.IDENTITY);
        if (held == null) {
            return "the certificate '" + certificate + "' is not held";
        }
        if (!pki.valid(held)) {
            return "the certificate '" + certificate + "' is valid from " + held.entry().notBefore() + " to " + held.entry().notAfter();
        }
        HeldCertificate authority = pki.held(clients.authority(), Kind.AUTHORITY);
        if (clients.asks() && authority == null) {
            return "the authority '" + clients.authority() + "' is not held";
        }
        RevocationList list = authority == null ? null : pki.revocationList(authority.first().getSubjectX500Principal());
        if (clients.asks() && clients.crlRequired() && (list == null || list.over(pki.now()))) {
            return "the revocation list of the authority '" + clients.authority() + "' " + (list == null ? "is not held" : "has expired");
        }
        return "";
    }
}
