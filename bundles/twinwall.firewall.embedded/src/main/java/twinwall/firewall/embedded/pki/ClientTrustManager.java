/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import twinwall.firewall.ClientTrust;
import twinwall.firewall.PkiCertificate.Kind;

/**
 * Believes clients as a {@link ClientTrust} says, by what is held at that moment: a path to the authority (RFC 5280, section 6.1) made by
 * the JDK, and the held revocation lists (section 6.3). Nothing is fetched from anywhere. Servers are never believed.
 */
final class ClientTrustManager extends X509ExtendedTrustManager {

    private final Pki pki;
    private final ClientTrust trust;

    ClientTrustManager(Pki pki, ClientTrust trust) {
        this.pki = pki;
        this.trust = trust;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        delegate().checkClientTrusted(chain, authType, engine);
        checkRevocation(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        delegate().checkClientTrusted(chain, authType, socket);
        checkRevocation(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        delegate().checkClientTrusted(chain, authType);
        checkRevocation(chain);
    }

    private X509ExtendedTrustManager delegate() throws CertificateException {
        HeldCertificate authority = pki.held(trust.authority(), Kind.AUTHORITY);
        if (authority == null) {
            throw new CertificateException("The authority '" + trust.authority() + "' is not held.");
        }
        List<X509CRL> lists = pki.revocationLists();
        try {
            Set<TrustAnchor> anchors = Set.of(new TrustAnchor(authority.first(), null));
            PKIXBuilderParameters path = new PKIXBuilderParameters(anchors, new X509CertSelector());
            path.setDate(Date.from(pki.now()));
            path.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
            path.setRevocationEnabled(trust.crlRequired());
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(path));
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new CertificateException("This Java cannot check certificates", e);
        }
    }

    /** Stricter than the JDK, which lets a list be fifteen minutes late and looks at none when none is required. */
    private void checkRevocation(X509Certificate[] chain) throws CertificateException {
        HeldCertificate authority = pki.held(trust.authority(), Kind.AUTHORITY);
        Instant now = pki.now();
        for (X509Certificate each : chain) {
            if (authority != null && each.equals(authority.first())) {
                continue;
            }
            RevocationList list = pki.revocationList(each.getIssuerX500Principal());
            if (trust.crlRequired() && (list == null || list.over(now))) {
                throw new CertificateException("The revocation list of '" + each.getIssuerX500Principal().getName()
                        + (list == null ? "' is not held." : "' has expired."));
            }
            if (list != null && list.crl().getRevokedCertificate(each) != null) {
                throw new CertificateException("The client's certificate " + each.getSerialNumber().toString(16) + " is revoked.");
            }
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("This context is for servers only.");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        HeldCertificate authority = pki.held(trust.authority(), Kind.AUTHORITY);
        return authority == null ? new X509Certificate[0] : new X509Certificate[] {authority.first()};
    }
}
