/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.embedded.port.PacketPortClient;
import twinwall.group.GroupStatus.LinkState;
import twinwall.group.GroupStatus.LinkStatus;
import twinwall.group.Role;
import twinwall.group.RoleListener;

/** Two heartbeat links; strangers knock at one of them, and one of them fails. */
@RunWith(PaxExam.class)
public class StrangersTest {

    /** Half as long again as the pair waits for hellos. */
    private static final long DEAD_AFTER_NANOS = 1_500_000_000;

    @Inject
    private BundleContext context;

    @Before
    public void onlyWhenThereIsTime() {
        Minutes.assumeWanted();
    }

    @Configuration
    public Option[] node() {
        return Node.options(getClass());
    }

    @Test
    public void strangersAreRefusedAndCountedAndTheTablesNeverNotice() throws Exception {
        try (Pair pair = Pair.inSync(context)) {
            addSecondLink(pair);
            List<Socket> silent = new ArrayList<>();
            try (Traffic traffic = Traffic.through(pair.a()); SyncWatch watch = new SyncWatch(pair, Firewall.TABLES)) {
                int port = listeningPort(pair.b().folder(), "a");
                for (int i = 0; i < 5; i++) {
                    say(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    say(port, new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3});
                    byte[] garbage = new byte[4096];
                    new Random(i).nextBytes(garbage);
                    say(port, garbage);
                    speakTlsWithoutCertificate(port);
                    silent.add(new Socket(InetAddress.getLoopbackAddress(), port));
                }
                eventually("strangers are counted by reason", () -> {
                    Map<String, Long> refused = link(pair.b(), "a").refused();
                    return refused.getOrDefault("not-tls", 0L) >= 5 && refused.getOrDefault("no-certificate", 0L) >= 5;
                });
                traffic.goesOn();
                traffic.assertNothingLost();
                watch.assertAlwaysInSync();
                assertEquals(LinkState.RUNNING, link(pair.a(), "a").state());
                assertEquals(LinkState.READY, link(pair.a(), "b").state());
                assertTrue(link(pair.b(), "b").refused().isEmpty());
            } finally {
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        }
    }

    @Test
    public void whenTheRunningLinkFailsTheOtherCarriesTheTables() throws Exception {
        try (Pair pair = Pair.inSync(context); PacketPortClient packets = pair.a().packets()) {
            addSecondLink(pair);
            TcpFlow.v4(40_001).open(packets);
            pair.awaitCopied();
            Files.delete(linkFile(pair.a().folder(), "a"));
            Files.delete(linkFile(pair.b().folder(), "a"));
            eventually("link b runs", () -> link(pair.a(), "b").state() == LinkState.RUNNING && link(pair.b(),
                    "b").state() == LinkState.RUNNING);
            TcpFlow.v4(40_002).open(packets);
            pair.awaitCopied();
            assertEquals(2, pair.b().group().entries("ipv4-session", 10, "").size());
            assertEquals(List.of(), pair.b().status().losses());
        }
    }

    @Test
    public void aLinkForHeartbeatsKeepsThePeerAliveAndCarriesNothing() throws Exception {
        List<Role> roles = new CopyOnWriteArrayList<>();
        ServiceRegistration<RoleListener> listener = context.registerService(RoleListener.class, change -> roles.add(change.to()), null);
        try (Pair pair = Pair.inSync(context); PacketPortClient packets = pair.a().packets()) {
            addSecondLink(pair, Map.of("heartbeat_only", "true"));
            roles.clear();
            Map<Firewall, byte[]> links = new HashMap<>();
            for (Firewall firewall : List.of(pair.a(), pair.b())) {
                links.put(firewall, Files.readAllBytes(linkFile(firewall.folder(), "a")));
                Files.delete(linkFile(firewall.folder(), "a"));
            }
            eventually("fw-b says what it lacks", () -> pair.b().status().notReady().toString().contains("Only heartbeat-only links"));
            long since = System.nanoTime();
            TcpFlow.v4(40_001).open(packets);
            eventually("longer than a peer that is silent lives", () -> System.nanoTime() - since > DEAD_AFTER_NANOS);
            assertTrue(pair.b().status().peer().lastHeardMillis() < DEAD_AFTER_NANOS / 1_000_000);
            assertEquals(LinkState.READY, link(pair.b(), "b").state());
            assertEquals(List.of(), pair.b().entries("ipv4-session", Ipv4Session.class));
            for (Map.Entry<Firewall, byte[]> link : links.entrySet()) {
                Path unfinished = link.getKey().folder().resolve("link-a.new");
                Files.write(unfinished, link.getValue());
                Files.move(unfinished, linkFile(link.getKey().folder(), "a"));
            }
            eventually("the tables go on", () -> pair.b().entries("ipv4-session", Ipv4Session.class).size() == 1);
            assertEquals("nobody took over", List.of(), roles);
        } finally {
            listener.unregister();
        }
    }

    private static void addSecondLink(Pair pair) throws IOException {
        addSecondLink(pair, Map.of());
    }

    private static void addSecondLink(Pair pair, Map<String, String> more) throws IOException {
        int port = freePort();
        for (Firewall firewall : List.of(pair.a(), pair.b())) {
            Properties link = load(linkFile(firewall.folder(), "a"));
            link.setProperty("order", "1");
            link.putAll(more);
            link.setProperty("listen_port", String.valueOf(firewall == pair.b() ? port : 0));
            link.setProperty("peer_port", String.valueOf(port));
            Path unfinished = firewall.folder().resolve("link-b.new");
            try (var out = Files.newBufferedWriter(unfinished)) {
                link.store(out, null);
            }
            Files.move(unfinished, linkFile(firewall.folder(), "b"));
        }
        eventually("two links stand", () -> pair.a().status().links().size() == 2 && pair.b().status().links().size() == 2
                && link(pair.a(), "a").state() == LinkState.RUNNING && link(pair.a(), "b").state() == LinkState.READY
                && link(pair.b(), "b").state() == LinkState.READY);
    }

    private static LinkStatus link(Firewall firewall, String name) {
        return firewall.status().links().stream().filter(link -> link.name().equals(name)).findFirst().orElseThrow();
    }

    private static Path linkFile(Path folder, String name) {
        return folder.resolve("twinwall.link-" + name + ".cfg");
    }

    private static int listeningPort(Path folder, String link) throws IOException {
        return Integer.parseInt(load(linkFile(folder, link)).getProperty("listen_port").strip());
    }

    private static Properties load(Path file) throws IOException {
        Properties settings = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            settings.load(in);
        }
        return settings;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void say(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes);
            readToEnd(socket);
        }
    }

    private static void speakTlsWithoutCertificate(int port) throws Exception {
        SSLContext anybody = SSLContext.getInstance("TLSv1.3");
        anybody.init(null, new TrustManager[] {new TrustsAnybody()}, null);
        try (SSLSocket socket = (SSLSocket) anybody.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            readToEnd(socket);
        } catch (IOException expected) {
            // Refused, during the handshake or right after it.
        }
    }

    /** The other side closes. */
    private static void readToEnd(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        try {
            while (socket.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException expected) {
            // Closed hard is closed, too.
        }
    }

    private static final class TrustsAnybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // A stranger does not care.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // A stranger does not care.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
