/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Reads what people paste: PEM (RFC 7468) with keys in PKCS #8, PKCS #1 or SEC 1, plain or encrypted, or base64 of DER or of PKCS #12 (RFC
 * 7292). No message quotes what was pasted.
 */
final class Pasted {

    private static final int MOST_CHARACTERS = 128 * 1024;
    private static final String PEM = "-----BEGIN ";

    private Pasted() {
    }

    /** A private key with the chain of its certificate. */
    record KeyAndChain(PrivateKey key, List<X509Certificate> chain) {
    }

    /**
     * Certificates in PEM, in their order, or one in base64.
     *
     * @throws IllegalArgumentException when there is none or one cannot be read
     */
    static List<X509Certificate> certificates(String text) {
        List<X509Certificate> all = new ArrayList<>();
        try {
            if (!text.contains(PEM)) {
                return List.of(HeldCertificate.certificate(base64("certificate", text, MOST_CHARACTERS)));
            }
            for (Object each : objects("certificate", text, MOST_CHARACTERS)) {
                if (each instanceof X509CertificateHolder holder) {
                    all.add(HeldCertificate.certificate(holder.getEncoded()));
                }
            }
        } catch (CertificateException | IOException e) {
            throw new IllegalArgumentException("certificate: it cannot be read as X.509", e);
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("certificate: there is no CERTIFICATE in this text");
        }
        return all;
    }

    /**
     * A private key in PEM.
     *
     * @param password of an encrypted one; empty when it is not
     * @param holder its certificate: some programs write a SEC 1 key without its curve, which is then the certificate's
     * @throws IllegalArgumentException when there is none or it cannot be read
     */
    static PrivateKey key(String text, String password, X509Certificate holder) {
        PrivateKeyInfo found = null;
        for (Object each : objects("key", text, MOST_CHARACTERS)) {
            PrivateKeyInfo read = keyInfo(each, password);
            if (read != null && found != null) {
                throw new IllegalArgumentException("key: there is more than one private key in this text");
            }
            found = read == null ? found : read;
        }
        if (found == null) {
            throw new IllegalArgumentException("key: there is no private key in this text; PEM with PKCS #8, PKCS #1 or SEC 1 is read");
        }
        try {
            if (found.getPrivateKeyAlgorithm().getParameters() == null && "EC".equals(type(found))) {
                found = new PrivateKeyInfo(SubjectPublicKeyInfo.getInstance(holder.getPublicKey().getEncoded()).getAlgorithm(),
                        found.parsePrivateKey());
            }
            return KeyFactory.getInstance(type(found)).generatePrivate(new PKCS8EncodedKeySpec(found.getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            // Its cause may quote the key.
            throw new IllegalArgumentException("key: this Java cannot use this key");
        }
    }

    private static String type(PrivateKeyInfo key) {
        ASN1ObjectIdentifier type = key.getPrivateKeyAlgorithm().getAlgorithm();
        if (type.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return "RSA";
        } else if (type.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return "EC";
        } else if (type.equals(EdECObjectIdentifiers.id_Ed25519) || type.equals(EdECObjectIdentifiers.id_Ed448)) {
            return "EdDSA";
        }
        throw new IllegalArgumentException("key: keys of type " + type + " are not taken: RSA, EC or EdDSA");
    }

    private static PrivateKeyInfo keyInfo(Object pem, String password) {
        boolean encrypted = pem instanceof PKCS8EncryptedPrivateKeyInfo || pem instanceof PEMEncryptedKeyPair;
        if (encrypted && password.isEmpty()) {
            throw new IllegalArgumentException("key: it is encrypted; password is missing");
        }
        try {
            if (pem instanceof PKCS8EncryptedPrivateKeyInfo info) {
                return info.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                        .setProvider(new BouncyCastleProvider()).build(password.toCharArray()));
            } else if (pem instanceof PEMEncryptedKeyPair pair) {
                return pair.decryptKeyPair(new JcePEMDecryptorProviderBuilder().setProvider(new BouncyCastleProvider())
                        .build(password.toCharArray())).getPrivateKeyInfo();
            }
        } catch (PKCSException | OperatorCreationException | IOException e) {
            throw new IllegalArgumentException("key: it cannot be decrypted: the password is wrong, or the method is not known");
        }
        return pem instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : pem instanceof PrivateKeyInfo info ? info : null;
    }

    /**
     * The one private key in a PKCS #12 store.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    static KeyAndChain pkcs12(String text, String password) {
        byte[] bytes = base64("pkcs12", text, MOST_CHARACTERS);
        char[] secret = password.toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), secret);
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1) {
                throw new IllegalArgumentException("pkcs12: there must be one private key in it, not " + keys.size());
            }
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate each : store.getCertificateChain(keys.get(0))) {
                chain.add((X509Certificate) each);
            }
            return new KeyAndChain((PrivateKey) store.getKey(keys.get(0), secret), chain);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("pkcs12: it cannot be read: the password is wrong, or it is no PKCS #12");
        }
    }

    /** A revocation list in DER, from PEM or base64. Whether it can be used is not looked at. */
    static byte[] crl(String text, int mostBytes) {
        int most = 2 * mostBytes + MOST_CHARACTERS;
        if (!text.contains(PEM)) {
            return base64("crl", text, most);
        }
        for (Object each : objects("crl", text, most)) {
            if (each instanceof X509CRLHolder holder) {
                try {
                    return holder.getEncoded();
                } catch (IOException e) {
                    throw new IllegalArgumentException("crl: it cannot be read", e);
                }
            }
        }
        throw new IllegalArgumentException("crl: there is no X509 CRL in this text");
    }

    private static List<Object> objects(String argument, String text, int most) {
        checkLength(argument, text, most);
        List<Object> all = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
                all.add(each);
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(argument + ": its PEM text cannot be read");
        }
        return all;
    }

    private static byte[] base64(String argument, String text, int most) {
        checkLength(argument, text, most);
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(argument + ": it is neither PEM nor base64");
        }
    }

    private static void checkLength(String argument, String text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException(argument + ": " + text.length() + " characters are more than " + most);
        }
    }
}
