/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.security.cert.CertificateException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * TLS servers with the certificates, authorities and revocation lists that a firewall holds: an OSGi service of the firewall. What
 * changes in its tables, by import or from the peer, counts from the next handshake on. Methods may be called from any thread.
 */
@ConsumerType
public interface ServerTls {

    /**
     * A context that shows the certificate of that name as it is at each handshake. While none is held, handshakes fail.
     *
     * @param certificate name in the table {@code pki-certificate}
     */
    SSLContext context(String certificate, ClientTrust clients);

    /** TLS 1.3 and 1.2, and clients asked as {@code clients} says; for each connection, or as defaults of a server socket. */
    SSLParameters parameters(ClientTrust clients);

    /**
     * Looks at the client of an established session again: a connection, or a resumed session, may be older than the list that revokes
     * its certificate.
     *
     * @throws CertificateException when a handshake would not succeed now
     */
    void check(SSLSession session, ClientTrust clients) throws CertificateException;

    /** Why a handshake would fail for want of a certificate now, in words; empty when it is held and valid. */
    String lacking(String certificate, ClientTrust clients);
}
