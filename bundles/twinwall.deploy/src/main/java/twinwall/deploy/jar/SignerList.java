/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may sign handlers: the certificates in a folder, each in a file of its own or several in one, PEM or DER, {@code .crt}, {@code .pem}
 * or {@code .cer}. A signer is one of them byte for byte; authorities are not looked at.
 *
 * @param signers each certificate with the name of its file
 * @param complaints files that hold no certificate, one line each
 */
public record SignerList(Map<X509Certificate, String> signers, List<String> complaints) {

    private static final int MOST_FILES = 256;
    private static final long MOST_BYTES = 1 << 20;

    /** Nobody. */
    public static final SignerList NOBODY = new SignerList(Map.of(), List.of());

    /** Reads the folder anew. One that is missing has no signers. */
    public static SignerList read(Path folder) {
        Map<X509Certificate, String> signers = new LinkedHashMap<>();
        List<String> complaints = new ArrayList<>();
        try {
            for (Path file : files(folder)) {
                read(file, signers, complaints);
            }
        } catch (NoSuchFileException | NotDirectoryException expected) {
            return NOBODY;
        } catch (IOException e) {
            complaints.add("The signers' folder " + folder + " cannot be read: " + e.getMessage() + ". Nobody's handlers are accepted.");
        }
        return new SignerList(Map.copyOf(signers), List.copyOf(complaints));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[^.].*\\.(crt|pem|cer)")).sorted().limit(MOST_FILES)
                .toList();
        }
    }

    private static void read(Path file, Map<X509Certificate, String> signers, List<String> complaints) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            try (InputStream in = Files.newInputStream(file)) {
                for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    signers.putIfAbsent((X509Certificate) certificate, file.getFileName().toString());
                }
            }
        } catch (IOException | CertificateException e) {
            complaints.add(file + " is not a certificate: " + e.getMessage() + ". Its signer's handlers are not accepted.");
        }
    }

    /** Whether the signer is on the list. */
    boolean has(Certificate signer) {
        return signer instanceof X509Certificate certificate && signers.containsKey(certificate);
    }

    /** The names of the files, for a message. */
    Set<String> files() {
        return Set.copyOf(signers.values());
    }
}
