/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context that is another one at each connection: the JDK's HTTPS server takes one context for its life, while the firewall that gives
 * it may be replaced.
 */
final class FollowingContext extends SSLContext {

    /** {@code now} throws {@link IllegalStateException} while there is none: the connection is closed. */
    FollowingContext(Supplier<SSLContext> now) {
        super(new Following(now), new NoProvider(), "TLS");
    }

    private static final class NoProvider extends Provider {

        private static final long serialVersionUID = 1;

        NoProvider() {
            super("twinwall.management", "1", "A context that follows the firewall's");
        }
    }

    private static final class Following extends SSLContextSpi {

        private final Supplier<SSLContext> now;

        Following(Supplier<SSLContext> now) {
            this.now = now;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trusts, SecureRandom random) throws KeyManagementException {
            throw new KeyManagementException("The firewall has its own.");
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return now.get().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return now.get().createSSLEngine(host, port);
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return now.get().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return now.get().getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return now.get().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return now.get().getClientSessionContext();
        }
    }
}
