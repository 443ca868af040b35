/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Key pairs as an operator makes them, with the JDK's keytool, in a folder of the test's. */
final class TestKeys {

    /** Small, so that a client that does not read is soon full. */
    static final int RECEIVE_BUFFER = 8 * 1024;

    private static final String PASSWORD = "correct horse";

    private final Path folder;

    private TestKeys(Path folder) {
        this.folder = folder;
    }

    /** Makes {@code fw-a}, {@code fw-b}, a {@code stranger} and an {@code expired} one. */
    static TestKeys make(Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        ownerOnly(folder.resolve("password"));
        List<Process> running = new ArrayList<>();
        for (String name : List.of("fw-a", "fw-b", "stranger")) {
            running.add(keytool(folder, name, "-validity", "3650"));
        }
        running.add(keytool(folder, "expired", "-startdate", "-20d", "-validity", "10"));
        for (Process one : running) {
            if (!one.waitFor(60, TimeUnit.SECONDS) || one.exitValue() != 0) {
                throw new IOException("keytool: " + new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        TestKeys keys = new TestKeys(folder);
        for (String name : List.of("fw-a", "fw-b", "stranger", "expired")) {
            ownerOnly(keys.keystore(name));
            Files.writeString(keys.certificate(name), keys.pem(name));
        }
        return keys;
    }

    private static Process keytool(Path folder, String name, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
            "-alias", name, "-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA", "-storetype", "PKCS12",
            "-dname", "CN=" + name, "-keystore", folder.resolve(name + ".p12").toString(), "-storepass", PASSWORD));
        command.addAll(Arrays.asList(more));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    static void ownerOnly(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    Path folder() {
        return folder;
    }

    Path keystore(String name) {
        return folder.resolve(name + ".p12");
    }

    Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    /** What a firewall is configured with that proves itself as one and trusts others. */
    LinkSettings.KeyFiles files(String own, String... trusted) {
        try {
            Path pins = Files.createTempFile(folder, "pins", ".pem");
            for (String one : trusted) {
                Files.writeString(pins, pem(one), StandardOpenOption.APPEND);
            }
            return new LinkSettings.KeyFiles(keystore(own), folder.resolve("password"), pins);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private String pem(String name) throws IOException {
        try {
            byte[] der = store(name).getCertificate(name).getEncoded();
            return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException unexpected) {
            throw new IOException(unexpected);
        }
    }

    private KeyStore store(String name) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(keystore(name))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        }
    }

    /** A TLS client that trusts everyone and shows the named certificate; none when the name is null. */
    SSLSocket client(String name, int port, String... protocols) throws GeneralSecurityException, IOException {
        SSLSocket socket = client(context(name), port);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    static SSLSocket client(SSLContext context, int port) throws IOException {
        Socket tcp = new Socket();
        tcp.setReceiveBufferSize(RECEIVE_BUFFER);
        tcp.connect(new InetSocketAddress("127.0.0.1", port));
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, "127.0.0.1", port, true);
        socket.setSoTimeout(10_000);
        return socket;
    }

    SSLContext context(String name) throws GeneralSecurityException, IOException {
        KeyManager[] own = new KeyManager[0];
        if (name != null) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store(name), PASSWORD.toCharArray());
            own = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, new TrustManager[] {new TrustsAll()}, null);
        return context;
    }

    private static final class TrustsAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // trusted
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // trusted
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
