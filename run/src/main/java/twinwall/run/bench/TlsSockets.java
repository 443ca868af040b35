/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS 1.3 of the JDK with the keys of a firewall, which here trusts itself. */
final class TlsSockets {

    private TlsSockets() {
    }

    static SSLContext of(Path keys) throws IOException {
        char[] password = Files.readString(keys.resolve("fw-a.password")).strip().toCharArray();
        try (InputStream in = Files.newInputStream(keys.resolve("fw-a.p12"))) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(in, password);
            KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            identity.init(own, password);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            Certificate certificate = own.getCertificate(own.aliases().nextElement());
            trusted.setCertificateEntry("peer", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the bare TLS connection cannot use the keys in " + keys + ": " + e.getMessage(), e);
        }
    }
}
