/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A firewall's identity on heartbeat links: {@code keys/NAME.p12} with the key pair and a self-signed certificate,
 * {@code keys/NAME.password} that opens it, {@code keys/NAME.crt} to copy to the peer. The JDK's keytool makes the keys.
 */
record FirewallKeys(Path folder, String firewall) {

    private static final int VALID_DAYS = 3650;
    private static final int KEYTOOL_SECONDS = 60;

    Path store() {
        return folder.resolve(firewall + ".p12");
    }

    Path password() {
        return folder.resolve(firewall + ".password");
    }

    Path certificate() {
        return folder.resolve(firewall + ".crt");
    }

    /** Makes what is missing and answers whether anything was. */
    boolean makeMissing() throws IOException, Refusal {
        SecretFiles.makeFolder(folder);
        if (Files.exists(store()) && !Files.exists(password())) {
            throw new Refusal(store() + " is there but its password file " + password() + " is not. Cure: put it back, or remove both"
                + " to have new keys made (the peer then needs the new certificate).");
        }
        boolean made = false;
        if (!Files.exists(password())) {
            SecretFiles.writeRandom(password());
            made = true;
        }
        if (!Files.exists(store())) {
            generate();
            made = true;
        }
        if (made || !Files.exists(certificate())) {
            exportCertificate();
        }
        return made;
    }

    private void generate() throws IOException, Refusal {
        Path unfinished = folder.resolve(firewall + ".p12.new");
        Files.deleteIfExists(unfinished);
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-alias", firewall, "-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA",
            "-dname", "CN=" + firewall, "-validity", Integer.toString(VALID_DAYS),
            "-storetype", "PKCS12", "-keystore", unfinished.toString(), "-storepass:file", password().toString());
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        keytool.getOutputStream().close();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new Refusal("keytool did not make " + store() + ": " + output.replaceAll("\\s+", " "));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made " + store(), e);
        } finally {
            keytool.destroyForcibly();
        }
        SecretFiles.restrict(unfinished);
        Files.move(unfinished, store(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void exportCertificate() throws IOException, Refusal {
        try {
            char[] secret = Files.readString(password()).strip().toCharArray();
            KeyStore keys = KeyStore.getInstance(store().toFile(), secret);
            String alias = keys.aliases().nextElement();
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getCertificate(alias).getEncoded());
            Files.writeString(certificate(), "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException | IOException e) {
            throw new Refusal(store() + " cannot be opened with the password in " + password() + ": " + e.getMessage());
        }
    }
}
