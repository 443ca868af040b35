/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.lang.System.Logger.Level;
import java.security.cert.CertificateException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import twinwall.firewall.ClientTrust;
import twinwall.firewall.ServerTls;
import twinwall.settings.Settings;

/**
 * HTTPS with a certificate of the firewall. Certificates, authorities and revocation lists are the firewall's: what it is told, or takes
 * from its peer, counts from the next connection on. Without a firewall, or without the certificate, no connection comes about.
 */
final class EndpointTls {

    private static final System.Logger LOG = System.getLogger(ManagementApi.PID);

    private final AtomicReference<Source> source = new AtomicReference<>();
    private final String certificate;
    private final ClientTrust clients;

    EndpointTls(String certificate, ClientTrust clients) {
        this.certificate = certificate;
        this.clients = clients;
    }

    /**
     * From the settings; {@code null} for plain HTTP.
     *
     * @throws IllegalArgumentException when they ask for a check of clients that could not take place; the message says what to change
     */
    static EndpointTls from(Settings settings) {
        String certificate = settings.text("tls_certificate", "");
        String authority = settings.text("client_ca", "");
        boolean required = settings.flag("require_client_certificate", !authority.isEmpty());
        if (certificate.isEmpty() && (!authority.isEmpty() || required)) {
            throw new IllegalArgumentException("clients cannot be checked without tls_certificate. Set it, or remove client_ca and"
                + " require_client_certificate");
        }
        if (authority.isEmpty() && required) {
            throw new IllegalArgumentException("require_client_certificate=true needs client_ca");
        }
        return certificate.isEmpty() ? null
            : new EndpointTls(certificate, new ClientTrust(authority, required, settings.flag("require_crl", true)));
    }

    /** A firewall, and its context for this endpoint. */
    private record Source(ServerTls firewall, SSLContext context) {
    }

    void add(ServerTls added) {
        source.set(new Source(added, added.context(certificate, clients)));
        String lacking = added.lacking(certificate, clients);
        if (!lacking.isEmpty()) {
            LOG.log(Level.INFO, "No HTTPS connection succeeds yet: " + lacking + ". It comes from the peer, or by the command pki.");
        }
    }

    /** The replacement may have been added already: only what is removed is forgotten. */
    void remove(ServerTls removed) {
        source.updateAndGet(now -> now != null && now.firewall() == removed ? null : now);
    }

    HttpsConfigurator configurator() {
        return new HttpsConfigurator(new FollowingContext(() -> current().context())) {

            @Override
            public void configure(HttpsParameters connection) {
                connection.setSSLParameters(current().firewall().parameters(clients));
            }
        };
    }

    private Source current() {
        Source now = source.get();
        if (now == null) {
            throw new IllegalStateException("no firewall offers certificates");
        }
        return now;
    }

    /** Null when the request's client is believed now, else the refusal: its connection may be older than what revokes it. */
    Answer refusal(HttpExchange exchange) {
        try {
            current().firewall().check(((HttpsExchange) exchange).getSSLSession(), clients);
            return null;
        } catch (CertificateException | IllegalStateException e) {
            return Answer.error(403, "The client's certificate is not accepted any more.",
                "POST /api/firewall/pki/list shows authorities and revocation lists.")
                .with("Connection", "close");
        }
    }
}
