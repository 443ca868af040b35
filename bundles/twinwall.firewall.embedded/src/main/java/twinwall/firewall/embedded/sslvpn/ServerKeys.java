/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import twinwall.firewall.embedded.aaa.OwnerOnlyFile;

/** The gateway's key and certificate: from a PKCS12 file, or, for demonstrations, made and signed by itself. */
final class ServerKeys {

    private static final char[] IN_MEMORY = "unsaved".toCharArray();
    private static final Duration VALID = Duration.ofDays(30);

    private ServerKeys() {
    }

    /**
     * For a TLS server.
     *
     * @throws IOException when there is no certificate; the message says what to do
     */
    static SSLContext context(SslVpnSettings settings) throws IOException {
        try {
            if (settings.keystore() != null) {
                return fromFile(settings.keystore(), settings.passwordFile());
            }
            if (settings.selfSigned()) {
                return context(selfSigned(settings.gateway()), IN_MEMORY);
            }
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("sslvpn_keystore cannot be used: " + e.getMessage(), e);
        }
        throw new IOException("sslvpn_keystore is not set. Name a PKCS12 file there and its password file in"
                + " sslvpn_keystore_password_file; for a demonstration set sslvpn_self_signed = true");
    }

    private static SSLContext fromFile(Path file, Path passwordFile) throws IOException, GeneralSecurityException {
        if (passwordFile == null) {
            throw new IOException("sslvpn_keystore_password_file is not set. Name a file with the password of " + file);
        }
        OwnerOnlyFile.check(file);
        char[] password = OwnerOnlyFile.readLine(passwordFile).toCharArray();
        return context(KeyStore.getInstance(file.toFile(), password), password);
    }

    private static SSLContext context(KeyStore keys, char[] password) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore selfSigned(String name) throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X500Name subject = new X500Name("CN=" + name);
        Instant now = Instant.now();
        Certificate certificate = new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(subject,
                new BigInteger(127, new SecureRandom()), Date.from(now.minus(Duration.ofHours(1))), Date.from(now.plus(VALID)), subject,
                pair.getPublic()).build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("gateway", pair.getPrivate(), IN_MEMORY, new Certificate[] {certificate});
        return store;
    }
}
