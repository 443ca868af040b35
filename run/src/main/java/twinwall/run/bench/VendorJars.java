/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;

import jdk.security.jarsigner.JarSigner;

/** Makes a vendor's bundles of classes of this program, and signs them with a key of its own, as keytool and jarsigner would. */
final class VendorJars {

    static final String TABLE_TYPE = "vendor-lease";

    private static final String CLASSES = "twinwall/run/bench/vendor/";
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "vendor";

    private final Path folder;
    private final KeyStore.PrivateKeyEntry key;

    private VendorJars(Path folder, KeyStore.PrivateKeyEntry key) {
        this.folder = folder;
        this.key = key;
    }

    /** Makes the key. */
    static VendorJars in(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("vendor.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=Vendor", "-storetype", "PKCS12", "-keystore",
                store.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no key: " + said.strip());
        }
        try {
            return new VendorJars(folder, (KeyStore.PrivateKeyEntry) KeyStore.getInstance(store.toFile(), PASSWORD)
                    .getEntry(ALIAS, new KeyStore.PasswordProtection(PASSWORD)));
        } catch (GeneralSecurityException e) {
            throw new IOException("The vendor's key cannot be read: " + e.getMessage(), e);
        }
    }

    /** Lets a firewall accept what this vendor has signed. */
    void trustedBy(Path config) throws IOException {
        try {
            Files.write(Files.createDirectories(config.resolve("signers")).resolve("vendor.crt"), key.getCertificate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The bundle with the table. */
    Path table() throws IOException {
        return make("com.example.lease.table", "1.0.0", "LeaseTable", Map.of(), "LeaseTable");
    }

    /** A version of the handler's bundle. */
    Path handler(String version, int schema, String activator) throws IOException {
        Map<String, String> offers = Map.of("Provide-Capability", "twinwall.table;twinwall.table=" + TABLE_TYPE + ";schema:Long=" + schema);
        return make("com.example.lease", version, activator, offers, activator, activator + "$1", "Leases", "LeaseHandler",
            "LeaseHandler$1",
                "LeaseTable");
    }

    private Path make(String name, String version, String activator, Map<String, String> headers, String... classes) throws IOException {
        Manifest manifest = new Manifest();
        Attributes all = manifest.getMainAttributes();
        all.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        all.putValue("Bundle-ManifestVersion", "2");
        all.putValue("Bundle-SymbolicName", name);
        all.putValue("Bundle-Version", version);
        all.putValue("Bundle-Activator", CLASSES.replace('/', '.') + activator);
        all.putValue("Import-Package", "org.osgi.framework;version=\"[1.8,2)\",twinwall.spi;version=\"[1,2)\","
                + "twinwall.firewall;version=\"[1,2)\"");
        headers.forEach(all::putValue);
        Path plain = folder.resolve(name + "-" + version + ".unsigned");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(plain), manifest)) {
            for (String one : List.of(classes)) {
                add(jar, CLASSES + one + ".class");
            }
        }
        Path signed = folder.resolve(name + "-" + version + ".jar");
        try (ZipFile in = new ZipFile(plain.toFile()); OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key).build().sign(in, out);
        }
        return signed;
    }

    /** Not every activator has a class within. */
    private static void add(JarOutputStream jar, String path) throws IOException {
        try (InputStream in = VendorJars.class.getClassLoader().getResourceAsStream(path)) {
            if (in != null) {
                jar.putNextEntry(new JarEntry(path));
                in.transferTo(jar);
            }
        }
    }
}
