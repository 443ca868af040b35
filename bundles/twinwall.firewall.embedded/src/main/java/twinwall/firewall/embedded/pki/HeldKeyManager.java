/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import twinwall.firewall.PkiCertificate.Kind;

/**
 * Shows the certificate of one name as it is held at each handshake. A handshake asks three times; the alias is the certificate's hash, so
 * that a renewal in between does not mix two.
 */
final class HeldKeyManager extends X509ExtendedKeyManager {

    private final Pki pki;
    private final String name;
    private volatile HeldCertificate latest;
    private volatile HeldCertificate before;

    HeldKeyManager(Pki pki, String name) {
        this.pki = pki;
        this.name = name;
    }

    private synchronized HeldCertificate held() {
        HeldCertificate now = pki.held(name, Kind.IDENTITY);
        if (now != latest) {
            before = latest;
            latest = now;
        }
        return now != null && pki.valid(now) ? now : null;
    }

    private static String alias(HeldCertificate certificate) {
        return HexFormat.of().formatHex(certificate.entry().sha256());
    }

    private HeldCertificate by(String alias) {
        for (HeldCertificate each : new HeldCertificate[] {latest, before}) {
            if (each != null && alias(each).equals(alias)) {
                return each;
            }
        }
        return null;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        HeldCertificate held = held();
        return held != null && keyType.equals(held.key().getAlgorithm()) ? alias(held) : null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        HeldCertificate held = by(alias);
        return held == null ? null : held.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        HeldCertificate held = by(alias);
        return held == null ? null : held.key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
