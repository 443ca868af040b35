/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import twinwall.group.FileVerdict;

/**
 * Who signed a jar, all of it. Each entry is read to its end, because only then Java has compared it with its signed digest; and each must
 * be
 * signed by somebody on the list. Entries of the signature itself are not signed.
 */
final class SignatureCheck {

    private static final byte[] AWAY = new byte[8192];

    private final SignerList allowed;
    private final List<String> unsigned = new ArrayList<>();
    private String stranger;
    private X509Certificate signer;

    private SignatureCheck(SignerList allowed) {
        this.allowed = allowed;
    }

    /**
     * Names the signer, for example {@code CN=Example Vendor (example.crt)}.
     *
     * @throws Refused when somebody on the list has not signed every entry
     */
    static String signer(Path jar, SignerList allowed) throws Refused, IOException {
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            return new SignatureCheck(allowed).signer(file);
        } catch (SecurityException e) {
            throw new Refused(FileVerdict.TAMPERED, "It was changed after it was signed (" + e.getMessage() + "). Ask the vendor for it"
                + " anew.");
        }
    }

    private String signer(JarFile jar) throws Refused, IOException {
        boolean hasSignature = false;
        int signed = 0;
        for (JarEntry entry : Collections.list(jar.entries())) {
            try (InputStream in = jar.getInputStream(entry)) {
                while (in.read(AWAY) >= 0) {
                    continue;
                }
            }
            if (isOfSignature(entry.getName())) {
                hasSignature |= entry.getName().toUpperCase(Locale.ROOT).endsWith(".SF");
            } else if (!entry.isDirectory() && !entry.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME)) {
                signed += look(entry) ? 1 : 0;
            }
        }
        judge(hasSignature, signed);
        checkComplete(jar);
        return name(signer) + " (" + allowed.signers().get(signer) + ")" + expired();
    }

    private boolean look(JarEntry entry) {
        CodeSigner[] signers = entry.getCodeSigners();
        if (signers == null || signers.length == 0) {
            unsigned.add(entry.getName());
            return false;
        }
        for (CodeSigner one : signers) {
            X509Certificate certificate = (X509Certificate) one.getSignerCertPath().getCertificates().get(0);
            if (allowed.has(certificate)) {
                signer = certificate;
                return true;
            }
            stranger = name(certificate) + ", SHA-256 " + fingerprint(certificate);
        }
        return true;
    }

    private void judge(boolean hasSignature, int signed) throws Refused {
        if (signed == 0) {
            throw new Refused(FileVerdict.UNSIGNED, hasSignature
                ? "Its signature cannot be read, or uses an algorithm that this Java no longer accepts. Have it signed anew with jarsigner."
                : "Nobody has signed it. Have it signed with jarsigner by somebody whose certificate is in the signers' folder, or set "
                + "require_signature=false.");
        }
        if (stranger != null) {
            throw new Refused(FileVerdict.STRANGER, "It is signed by " + stranger + ", who is not one of the " + allowed.signers().size()
                + " allowed signers. If you trust this signer, put the certificate into the signers' folder.");
        }
        if (!unsigned.isEmpty()) {
            throw new Refused(FileVerdict.PARTLY_SIGNED, unsigned.size() + " of its entries were added after it was signed, for example "
                + unsigned.get(0) + ". Ask the vendor for it anew.");
        }
    }

    /** Taking away an entry leaves the others' digests right. */
    private static void checkComplete(JarFile jar) throws Refused, IOException {
        for (Map.Entry<String, Attributes> section : jar.getManifest().getEntries().entrySet()) {
            boolean hasDigest = section.getValue().keySet().stream().anyMatch(key -> key.toString().endsWith("-Digest"));
            if (hasDigest && jar.getEntry(section.getKey()) == null) {
                throw new Refused(FileVerdict.TAMPERED, "Its signed entry " + section.getKey() + " was taken away. Ask the vendor for"
                    + " it anew.");
            }
        }
    }

    /** A signature stays good after its certificate's time: a firewall must come back with its handlers after a restart. */
    private String expired() {
        Instant end = signer.getNotAfter().toInstant();
        return end.isBefore(Instant.now()) ? ", whose certificate expired on " + end.atOffset(ZoneOffset.UTC).toLocalDate() : "";
    }

    /** Files that belong to signatures, as the JAR specification names them. */
    static boolean isOfSignature(String entry) {
        String name = entry.toUpperCase(Locale.ROOT);
        return name.matches("META-INF/([^/]+\\.(SF|DSA|RSA|EC)|SIG-[^/]+)");
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
