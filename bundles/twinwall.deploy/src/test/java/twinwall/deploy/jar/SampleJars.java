/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import jdk.security.jarsigner.JarSigner;

/** Makes jars, good and bad, and signs them as jarsigner does with keys that keytool has made. */
public final class SampleJars {

    /** The headers of a bundle that backs up the table {@code lease}. */
    public static final String BUNDLE = """
        Manifest-Version: 1.0
        Bundle-ManifestVersion: 2
        Bundle-SymbolicName: com.example.lease
        Bundle-Version: 1.2.0
        Import-Package: twinwall.spi;version="[1.1,2)",java.util
        Provide-Capability: twinwall.table;twinwall.table=lease;schema:Long=3
        """;

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private int made;

    /** Makes them in a folder. */
    public SampleJars(Path folder) {
        this.folder = folder;
    }

    /** A key pair with a certificate for {@code CN=name}. */
    public static KeyStore.PrivateKeyEntry key(Path folder, String name, String... more) throws Exception {
        Path store = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", name, "-keyalg", "EC",
            "-groupname", "secp256r1", "-dname", "CN=" + name, "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
            new String(PASSWORD)));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(output);
        }
        return (KeyStore.PrivateKeyEntry) KeyStore.getInstance(store.toFile(), PASSWORD).getEntry(name,
            new KeyStore.PasswordProtection(PASSWORD));
    }

    /** The manifest, and entries of so many bytes each. */
    public static Map<String, byte[]> content(String manifest, String... names) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/MANIFEST.MF", manifest.replace("\n", "\r\n").getBytes(UTF_8));
        for (String name : names) {
            entries.put(name, ("content of " + name).repeat(20).getBytes(UTF_8));
        }
        return entries;
    }

    /** A jar with these entries, in order. */
    public Path jar(Map<String, byte[]> entries) throws IOException {
        Path jar = folder.resolve("jar" + ++made + ".jar");
        Files.write(jar, bytes(entries));
        return jar;
    }

    static byte[] bytes(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    /** A bundle with two classes. */
    public Path bundle() throws IOException {
        return jar(content(BUNDLE, "com/example/A.class", "com/example/B.class"));
    }

    /** The same, signed. */
    public Path signed(Path jar, KeyStore.PrivateKeyEntry key) throws IOException {
        Path signed = folder.resolve("signed" + ++made + ".jar");
        try (ZipFile in = new ZipFile(jar.toFile()); OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key).build().sign(in, out);
        }
        return signed;
    }

    /** The entries of a jar, to be made into another one. */
    static Map<String, byte[]> entries(Path jar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }
}
