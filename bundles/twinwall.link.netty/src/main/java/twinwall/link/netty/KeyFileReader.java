/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

import twinwall.settings.UnusableConfiguration;

/** Reads the files that a link's TLS needs, and says what to do when one of them cannot be used. */
final class KeyFileReader {

    private static final int MAX_FILE = 1024 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private KeyFileReader() {
    }

    static char[] password(Path file) throws UnusableConfiguration {
        return new String(secret(file, "keystore_password_file"), StandardCharsets.UTF_8).strip().toCharArray();
    }

    static KeyStore keystore(Path file, char[] password) throws UnusableConfiguration {
        byte[] bytes = secret(file, "keystore");
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return store;
                }
            }
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new UnusableConfiguration("keystore " + file
                + " must be a PKCS12 file that the password in keystore_password_file opens: " + unreadable.getMessage() + ".");
        }
        throw new UnusableConfiguration("keystore " + file + " holds no private key. Make one with keytool -genkeypair.");
    }

    static Set<X509Certificate> certificates(Path file) throws UnusableConfiguration {
        byte[] bytes = bytes(file, "peer_certificate");
        Set<X509Certificate> certificates = new LinkedHashSet<>();
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            CertificateFactory.getInstance("X.509").generateCertificates(in).forEach(one -> certificates.add((X509Certificate) one));
        } catch (CertificateException | IOException unreadable) {
            throw new UnusableConfiguration("peer_certificate " + file + " must hold PEM certificates: " + unreadable.getMessage() + ".");
        }
        if (certificates.isEmpty()) {
            throw new UnusableConfiguration("peer_certificate " + file + " holds no certificate. Put the peer's certificate (PEM) there.");
        }
        return certificates;
    }

    private static byte[] secret(Path file, String key) throws UnusableConfiguration {
        byte[] bytes = bytes(file, key);
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNER_ONLY.containsAll(permissions)) {
                throw new UnusableConfiguration(key + " " + file + " has permissions " + PosixFilePermissions.toString(permissions)
                    + ": others than its owner could use the key. Run chmod 600 " + file + " and renew the key if others had access.");
            }
        } catch (UnsupportedOperationException expected) {
            // A file system without POSIX permissions: nothing to compare.
        } catch (IOException unreadable) {
            throw new UnusableConfiguration(key + " " + file + " cannot be read: " + unreadable + ".");
        }
        return bytes;
    }

    private static byte[] bytes(Path file, String key) throws UnusableConfiguration {
        if (!Files.isRegularFile(file)) {
            throw new UnusableConfiguration(key + " " + file + " does not exist or is not a file. Put it there, or correct the setting.");
        }
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new UnusableConfiguration(key + " " + file + " is larger than " + MAX_FILE + " bytes and no key file.");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UnusableConfiguration(key + " " + file + " cannot be read: " + unreadable + ".");
        }
    }
}
