/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts exactly the certificates it was given: no authority can vouch for another one. */
final class PinnedCertificates extends X509ExtendedTrustManager {

    /** Why a certificate was not accepted. */
    static final class Refused extends CertificateException {

        private static final long serialVersionUID = 1L;

        private final String reason;

        Refused(String reason, String message) {
            super(message);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private final Set<X509Certificate> pinned;

    PinnedCertificates(Set<X509Certificate> pinned) {
        this.pinned = Set.copyOf(pinned);
    }

    void check(Certificate[] chain) throws Refused {
        if (chain == null || chain.length == 0 || !(chain[0] instanceof X509Certificate leaf)) {
            throw new Refused("no-certificate", "it showed no certificate");
        }
        if (!pinned.contains(leaf)) {
            throw new Refused("foreign-certificate", "its certificate (serial " + leaf.getSerialNumber().toString(16)
                + ") is none of those in peer_certificate");
        }
        try {
            leaf.checkValidity();
        } catch (CertificateExpiredException expired) {
            throw new Refused("expired-certificate", "its certificate expired on " + leaf.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException early) {
            throw new Refused("certificate-not-yet-valid", "its certificate is valid from " + leaf.getNotBefore().toInstant());
        }
    }

    /** None, so that a peer with a foreign certificate shows it and can be told apart from one that has none. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }
}
