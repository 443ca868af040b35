/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is not the peer, or misbehaves: refused, counted by reason, and the live connection does not notice. */
class StrangersTest {

    private static final LinkSettings.Times IMPATIENT = new LinkSettings.Times(1_000, 20, 300, 10_000);
    private static final EventLoops LOOPS = new EventLoops();
    private static TestKeys keys;

    private Firewall plain;
    private Firewall tls;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = TestKeys.make(folder);
    }

    @AfterAll
    static void endThreads() {
        LOOPS.close();
    }

    @BeforeEach
    void listen() throws Exception {
        plain = Firewall.listening(LOOPS.group(), null, Firewall.FAST);
        tls = Firewall.listening(LOOPS.group(), keys.files("fw-b", "fw-a", "expired"), Firewall.FAST);
    }

    @AfterEach
    void close() throws Exception {
        plain.close();
        tls.close();
    }

    private static Socket open(Firewall firewall) throws IOException {
        Socket socket = new Socket("127.0.0.1", firewall.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Reads until the other side closes, in order or not. */
    private static void untilClosed(Socket socket) throws IOException {
        try {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // An alert, perhaps.
            }
        } catch (SocketTimeoutException open) {
            throw new AssertionError("not closed", open);
        } catch (IOException expected) {
            // A reset is as good as an end.
        }
    }

    private static void sendAndBeClosed(Firewall firewall, byte[] bytes) throws IOException {
        try (Socket socket = open(firewall)) {
            socket.getOutputStream().write(bytes);
            untilClosed(socket);
        }
    }

    private void comeWith(String certificate, String... protocols) throws Exception {
        try (SSLSocket socket = keys.client(certificate, tls.port(), protocols)) {
            socket.getOutputStream().write(1);
            untilClosed(socket);
        } catch (IOException expected) {
            // The client learns it at its first write or read.
        }
    }

    @Test
    void aForeignCertificateIsRefusedAndCounted() throws Exception {
        comeWith("stranger");
        comeWith("stranger");
        tls.awaitRefused("foreign-certificate", 2);
        assertThat(tls.nobodyCame()).isTrue();
        assertThat(tls.link.report().connected()).isFalse();
        assertThat(tls.link.report().detail()).contains("foreign-certificate");
    }

    @Test
    void aMissingCertificateIsRefusedAndCounted() throws Exception {
        comeWith(null);
        tls.awaitRefused("no-certificate", 1);
        assertThat(tls.nobodyCame()).isTrue();
    }

    @Test
    void anExpiredCertificateIsRefusedUnderItsOwnReasonAlthoughItIsPinned() throws Exception {
        comeWith("expired");
        tls.awaitRefused("expired-certificate", 1);
        assertThat(tls.nobodyCame()).isTrue();
    }

    @Test
    void anOlderTlsIsRefused() throws Exception {
        comeWith("fw-a", "TLSv1.2");
        tls.awaitRefused("handshake-failed", 1);
        assertThat(tls.nobodyCame()).isTrue();
    }

    @Test
    void aPeerThatOffersToResumeItsSessionIsStillKnown() throws Exception {
        SSLContext remembers = keys.context("fw-a");
        for (int i = 0; i < 3; i++) {
            try (SSLSocket socket = TestKeys.client(remembers, tls.port())) {
                socket.getOutputStream().write(new byte[] {0, 0, 0, 1, 7});
                Talk talk = tls.talk();
                assertThat(talk.in.take()).containsExactly(7);
                talk.send("x");
                assertThat(socket.getInputStream().readNBytes(5)).containsExactly(0, 0, 0, 1, 'x');
            }
        }
        assertThat(tls.link.report().refused()).isEmpty();
    }

    @Test
    void plainHttpIsRefusedAndCounted() throws Exception {
        byte[] request = "GET / HTTP/1.1\r\nHost: firewall\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        sendAndBeClosed(tls, request);
        tls.awaitRefused("not-tls", 1);
        sendAndBeClosed(plain, request);
        plain.awaitRefused("frame-too-long", 1);
        assertThat(plain.nobodyCame()).isTrue();
        assertThat(tls.nobodyCame()).isTrue();
    }

    @Test
    void aFrameThatClaimsTwoGibIsRefusedWithoutAllocating() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] claim = ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).array();
        sendAndBeClosed(plain, claim);
        long before = allocated(threads);
        sendAndBeClosed(plain, claim);
        plain.awaitRefused("frame-too-long", 2);
        assertThat(allocated(threads) - before).isLessThan(1024 * 1024);

        try (SSLSocket socket = keys.client("fw-a", tls.port())) {
            socket.getOutputStream().write(claim);
            untilClosed(socket);
        }
        tls.awaitRefused("frame-too-long", 1);
        assertThat(tls.talk().closed).isCompletedWithValue("frame-too-long");
    }

    private static long allocated(ThreadMXBean threads) {
        long sum = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("twinwall-link-")) {
                sum += threads.getThreadAllocatedBytes(thread.getId());
            }
        }
        return sum;
    }

    @Test
    void whoSaysNothingIsClosedInTime() throws Exception {
        try (Firewall impatient = Firewall.listening(LOOPS.group(), null, IMPATIENT);
            Firewall impatientTls = Firewall.listening(LOOPS.group(), keys.files("fw-b", "fw-a"), IMPATIENT);
            Socket silent = open(impatient); Socket silentTls = open(impatientTls); Socket half = open(impatient)) {
            half.getOutputStream().write(new byte[] {0, 0, 1});
            untilClosed(silent);
            untilClosed(silentTls);
            untilClosed(half);
            impatient.awaitRefused("said-nothing", 2);
            impatientTls.awaitRefused("handshake-timeout", 1);
        }
    }

    @Test
    void theConnectingSideClosesASilentListenerToo() throws Exception {
        try (ServerSocket silent = new ServerSocket(0);
            Firewall a = Firewall.connecting(LOOPS.group(), null, silent.getLocalPort(), IMPATIENT);
            Socket accepted = silent.accept()) {
            accepted.setSoTimeout(10_000);
            untilClosed(accepted);
            Firewall.await("said-nothing", () -> a.link.report().refused().containsKey("said-nothing"));
        }
    }

    @Test
    void manyWhoSayNothingDoNotKeepThePeerOut() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < ListeningLink.MAX_CANDIDATES + 4; i++) {
                silent.add(open(tls));
            }
            tls.awaitRefused("too-many-handshakes", 4);
            try (Firewall a = Firewall.connecting(LOOPS.group(), keys.files("fw-a", "fw-b"), tls.port())) {
                a.talk().send("hello");
                assertThat(tls.talk().next()).isEqualTo("hello");
            }
        } finally {
            for (Socket one : silent) {
                one.close();
            }
        }
    }

    @Test
    void garbageNeverTouchesTheLiveConnection() throws Exception {
        try (Firewall a = Firewall.connecting(LOOPS.group(), keys.files("fw-a", "fw-b"), tls.port());
            Firewall c = Firewall.connecting(LOOPS.group(), null, plain.port())) {
            Talk overTls = a.talk();
            Talk overPlain = c.talk();
            overTls.send("hello");
            overPlain.send("hello");
            Talk liveTls = tls.talk();
            Talk livePlain = plain.talk();
            assertThat(liveTls.next()).isEqualTo("hello");
            assertThat(livePlain.next()).isEqualTo("hello");
            for (long seed = 0; seed < 100; seed++) {
                Random random = new Random(seed);
                throwGarbage(tls, random);
                throwGarbage(plain, random);
                overTls.send("seed " + seed);
                overPlain.send("seed " + seed);
                assertThat(liveTls.next()).isEqualTo("seed " + seed);
                assertThat(livePlain.next()).isEqualTo("seed " + seed);
            }
            assertThat(liveTls.closed).isNotDone();
            assertThat(livePlain.closed).isNotDone();
            assertThat(tls.nobodyCame()).isTrue();
            assertThat(plain.nobodyCame()).isTrue();
            Firewall.await("refusals", () -> !tls.link.report().refused().isEmpty() && !plain.link.report().refused().isEmpty());
            assertThat(tls.link.report().refused().keySet()).isSubsetOf("not-tls", "handshake-failed", "too-many-connections");
            assertThat(plain.link.report().refused().keySet()).isSubsetOf("frame-too-long", "frame-empty", "too-many-connections");
        }
    }

    /** Random bytes, or what begins like a TLS handshake record; then an end without waiting. */
    private static void throwGarbage(Firewall firewall, Random random) throws IOException {
        byte[] garbage = new byte[4 + random.nextInt(2_000)];
        random.nextBytes(garbage);
        if (random.nextInt(3) == 0) {
            System.arraycopy(new byte[] {22, 3, 1, 1, (byte) random.nextInt()}, 0, garbage, 0, 4);
        } else {
            garbage[0] |= 0x40;
        }
        try (Socket socket = open(firewall)) {
            socket.getOutputStream().write(garbage);
            socket.shutdownOutput();
            untilClosed(socket);
        } catch (IOException expected) {
            // Closed while it was sending.
        }
    }

    @Test
    void aReasonIsLoggedOnceAMinuteAndNotForEachConnection() throws Exception {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing to free
            }
        };
        Firewall.SAID.addHandler(listener);
        try {
            for (int i = 0; i < 5; i++) {
                comeWith("stranger");
            }
            tls.awaitRefused("foreign-certificate", 5);
        } finally {
            Firewall.SAID.removeHandler(listener);
        }
        assertThat(said).filteredOn(line -> line.contains("foreign-certificate")).singleElement().asString()
            .startsWith("WARNING Link 'b': connection with 127.0.0.1:").endsWith("The peer is sought again.");
    }
}
