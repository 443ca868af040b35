/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

import twinwall.firewall.ClientTrust;
import twinwall.firewall.ServerTls;

/** TLS handshakes in memory with a firewall's server. */
public final class Handshakes {

    private static final int ROUNDS = 50;

    private Handshakes() {
    }

    /** What the client saw: the server's certificate. */
    public static X509Certificate with(ServerTls server, String certificate, ClientTrust trust, SSLContext client, String protocol)
            throws SSLException, CertificateException {
        SSLEngine ours = server.context(certificate, trust).createSSLEngine();
        ours.setUseClientMode(false);
        ours.setSSLParameters(server.parameters(trust));
        SSLEngine theirs = client.createSSLEngine();
        theirs.setUseClientMode(true);
        theirs.setEnabledProtocols(new String[] {protocol});
        ByteBuffer toServer = ByteBuffer.allocate(65536);
        ByteBuffer toClient = ByteBuffer.allocate(65536);
        for (int i = 0; i < ROUNDS; i++) {
            step(theirs, toServer, toClient);
            step(ours, toClient, toServer);
        }
        server.check(ours.getSession(), trust);
        return (X509Certificate) theirs.getSession().getPeerCertificates()[0];
    }

    private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        } else if (status == HandshakeStatus.NEED_UNWRAP || status == HandshakeStatus.NOT_HANDSHAKING && in.position() > 0) {
            in.flip();
            engine.unwrap(in, ByteBuffer.allocate(65536));
            in.compact();
        } else {
            engine.wrap(ByteBuffer.allocate(0), out);
        }
    }

    /** A client that believes an authority and shows a certificate, or none. */
    public static SSLContext client(X509Certificate believed, SampleAuthority.Issued shown) {
        try {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("authority", believed);
            TrustManagerFactory trusts = TrustManagerFactory.getInstance("PKIX");
            trusts.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown == null ? new KeyManager[0] : keys(shown), trusts.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyManager[] keys(SampleAuthority.Issued shown) throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("own", shown.key(), new char[0], shown.chain().toArray(new Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, new char[0]);
        return keys.getKeyManagers();
    }
}
