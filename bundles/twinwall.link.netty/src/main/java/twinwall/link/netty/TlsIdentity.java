/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import twinwall.settings.UnusableConfiguration;

/** What a link proves itself with and whom it trusts. TLS 1.3 (RFC 8446) only, with a certificate from both sides. */
final class TlsIdentity {

    private static final String[] PROTOCOLS = {"TLSv1.3"};
    /** The one with the least work a byte first: heartbeat traffic is bulk. */
    private static final List<String> CIPHERS =
        List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    private static final int CLOSE_NOTIFY_MILLIS = 1_000;

    private final PinnedCertificates trusted;
    private final SslContext connecting;
    private final SslContext listening;

    private TlsIdentity(PinnedCertificates trusted, SslContext connecting, SslContext listening) {
        this.trusted = trusted;
        this.connecting = connecting;
        this.listening = listening;
    }

    static TlsIdentity load(LinkSettings.KeyFiles files) throws UnusableConfiguration {
        char[] password = KeyFileReader.password(files.password());
        try {
            KeyStore store = KeyFileReader.keystore(files.keystore(), password);
            PinnedCertificates trusted = new PinnedCertificates(KeyFileReader.certificates(files.peerCertificates()));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return new TlsIdentity(trusted, common(SslContextBuilder.forClient().keyManager(keys), trusted).build(),
                common(SslContextBuilder.forServer(keys).clientAuth(ClientAuth.REQUIRE), trusted).build());
        } catch (GeneralSecurityException | SSLException unusable) {
            throw new UnusableConfiguration("keystore " + files.keystore() + " cannot be used for TLS 1.3: " + unusable.getMessage() + ".");
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** The host name is not looked at: the certificate itself is pinned. A session is remembered for as short as the JDK can. */
    private static SslContextBuilder common(SslContextBuilder builder, PinnedCertificates trusted) {
        return builder.sslProvider(SslProvider.JDK).protocols(PROTOCOLS).ciphers(CIPHERS).trustManager(trusted)
            .endpointIdentificationAlgorithm(null).sessionCacheSize(1).sessionTimeout(1);
    }

    SslHandler handler(boolean connects, ByteBufAllocator allocator, int handshakeMillis) {
        SslHandler handler = (connects ? connecting : listening).newHandler(allocator);
        handler.setHandshakeTimeoutMillis(handshakeMillis);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        return handler;
    }

    /** Looks at the certificate again after the handshake: a resumed session would not have shown it to the trust manager. */
    void checkPeer(SslHandler handler) throws PinnedCertificates.Refused {
        Certificate[] chain;
        try {
            chain = handler.engine().getSession().getPeerCertificates();
        } catch (SSLPeerUnverifiedException none) {
            chain = null;
        }
        trusted.check(chain);
    }
}
