/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import jdk.security.jarsigner.JarSigner;

/** Signs a vendor's bundles as jarsigner would, and makes files that nobody should install. Runs outside of the framework. */
final class SignedBundles {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int BOMB_BYTES = 4 << 20;

    private SignedBundles() {
    }

    /**
     * Makes a folder {@code signed} with each vendor bundle of a folder {@code vendor} beside it, and {@code bad} with {@code unsigned},
     * {@code stranger}, {@code tampered}, {@code added-to}, {@code text}, {@code no-bundle} and {@code bomb}; and lets the vendor in at
     * firewalls.
     */
    static void make(Path work, Path... firewalls) throws Exception {
        KeyStore.PrivateKeyEntry vendor = key(work, "vendor");
        KeyStore.PrivateKeyEntry stranger = key(work, "stranger");
        Path signed = Files.createDirectories(work.resolve("signed"));
        Path bad = Files.createDirectories(work.resolve("bad"));
        for (Path bundle : Node.jars(work.resolve("vendor"))) {
            sign(bundle, signed.resolve(bundle.getFileName()), vendor);
        }
        Path plain = work.resolve("vendor").resolve("better.jar");
        Files.copy(plain, bad.resolve("unsigned.jar"));
        sign(plain, bad.resolve("stranger.jar"), stranger);
        Files.copy(signed.resolve("better.jar"), bad.resolve("tampered.jar"));
        write(bad.resolve("tampered.jar"), "OSGI-INF/twinwall.itests.shelf.better.BetterShelf.xml", "<nothing/>");
        Files.copy(signed.resolve("better.jar"), bad.resolve("added-to.jar"));
        write(bad.resolve("added-to.jar"), "extra.txt", "nobody signed this");
        Files.writeString(bad.resolve("text.jar"), "This is no jar.");
        zip(work.resolve("no-bundle.jar"), "a.txt", new byte[1]);
        sign(work.resolve("no-bundle.jar"), bad.resolve("no-bundle.jar"), vendor);
        zip(bad.resolve("bomb.jar"), "zeros", new byte[BOMB_BYTES]);
        for (Path firewall : firewalls) {
            Path signers = Files.createDirectories(firewall.resolve("signers"));
            Files.write(signers.resolve("vendor.crt"), vendor.getCertificate().getEncoded());
        }
    }

    private static KeyStore.PrivateKeyEntry key(Path work, String name) throws Exception {
        Path store = work.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                name, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name, "-storetype", "PKCS12", "-keystore",
                store.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(output);
        }
        return (KeyStore.PrivateKeyEntry) KeyStore.getInstance(store.toFile(), PASSWORD).getEntry(name,
                new KeyStore.PasswordProtection(PASSWORD));
    }

    private static void sign(Path jar, Path signed, KeyStore.PrivateKeyEntry key) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile()); OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key).build().sign(in, out);
        }
    }

    private static void write(Path jar, String entry, String text) throws IOException {
        try (FileSystem content = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Files.writeString(content.getPath(entry), text);
        }
    }

    private static void zip(Path file, String entry, byte[] bytes) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : List.of("META-INF/MANIFEST.MF", entry)) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.equals(entry) ? bytes : "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
