/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.link.HeartbeatLink;

class TwoFirewallsTest {

    private static final EventLoops LOOPS = new EventLoops();
    private static TestKeys keys;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = TestKeys.make(folder);
    }

    @AfterAll
    static void endThreads() {
        LOOPS.close();
    }

    private static LinkSettings.KeyFiles a(boolean tls) {
        return tls ? keys.files("fw-a", "fw-b") : null;
    }

    private static LinkSettings.KeyFiles b(boolean tls) {
        return tls ? keys.files("fw-b", "fw-a") : null;
    }

    private static Firewall listening(boolean tls) throws Exception {
        return Firewall.listening(LOOPS.group(), b(tls), Firewall.FAST);
    }

    /** Says something on a new connection, without which a plain listening link does not believe in it. */
    private static Talk greet(Firewall a) throws InterruptedException {
        Talk talk = a.talk();
        talk.send("hello");
        return talk;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void framesArriveInOrderAndWhole(boolean tls) throws Exception {
        try (Firewall b = listening(tls); Firewall a = Firewall.connecting(LOOPS.group(), a(tls), b.port())) {
            Talk fromA = greet(a);
            Talk fromB = b.talk();
            assertThat(fromB.next()).isEqualTo("hello");
            byte[][] sent = new byte[2_000][];
            Random random = new Random(7);
            for (int i = 0; i < sent.length; i++) {
                sent[i] = new byte[i % 50 == 0 ? HeartbeatLink.MAX_FRAME : 1 + random.nextInt(300)];
                random.nextBytes(sent[i]);
                fromA.send(sent[i]);
                fromB.send(sent[i]);
            }
            for (byte[] expected : sent) {
                assertThat(fromB.in.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
                assertThat(fromA.in.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
            }
            long volume = java.util.Arrays.stream(sent).mapToLong(frame -> frame.length).sum();
            assertThat(a.link.report().bytesSent()).isBetween(volume, volume + volume / 10);
            assertThat(b.link.report().bytesReceived()).isBetween(volume, volume + volume / 10);
            assertThat(a.link.report().connected()).isTrue();
            assertThat(b.link.report().connected()).isTrue();
        }
    }

    @Test
    void onlyTlsIsConfidential() throws Exception {
        for (boolean tls : new boolean[] {true, false}) {
            try (Firewall b = listening(tls); Firewall a = Firewall.connecting(LOOPS.group(), a(tls), b.port())) {
                assertThat(greet(a).connection.confidential()).isEqualTo(tls);
                assertThat(b.talk().connection.confidential()).isEqualTo(tls);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLostConnectionIsSoughtAgain(boolean tls) throws Exception {
        try (Firewall b = listening(tls); Firewall a = Firewall.connecting(LOOPS.group(), a(tls), b.port())) {
            Talk first = greet(a);
            Talk lost = b.talk();
            lost.connection.close("hello-timeout");
            assertThat(lost.closed.get(10, TimeUnit.SECONDS)).isEqualTo("hello-timeout");
            assertThat(first.closed.get(10, TimeUnit.SECONDS)).isEqualTo("peer-closed");
            greet(a);
            assertThat(b.talk().next()).isEqualTo("hello");
            b.awaitRefused("hello-timeout", 1);
            assertThat(a.link.report().refused()).isEmpty();
        }
    }

    @Test
    void aPeerThatIsNotThereYetIsFoundWhenItComes() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Firewall a = Firewall.connecting(LOOPS.group(), a(true), port)) {
            Firewall.await("a failed try", () -> a.link.report().detail().startsWith("no connection to 127.0.0.1:" + port));
            assertThat(a.link.report().configured()).isTrue();
            assertThat(a.link.report().refused()).isEmpty();
            try (Firewall b = Firewall.listening(LOOPS.group(), b(true), Firewall.FAST, port, Talk::new)) {
                greet(a);
                assertThat(b.talk().next()).isEqualTo("hello");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewerConnectionReplacesTheOlder(boolean tls) throws Exception {
        try (Firewall b = listening(tls); Firewall before = Firewall.connecting(LOOPS.group(), a(tls), b.port())) {
            greet(before);
            Talk older = b.talk();
            try (Firewall restarted = Firewall.connecting(LOOPS.group(), a(tls), b.port())) {
                Talk fromA = greet(restarted);
                Talk newer = b.talk();
                assertThat(older.closed).isCompletedWithValue("replaced-by-newer");
                assertThat(newer.next()).isEqualTo("hello");
                assertThat(b.refused("replaced-by-newer")).isEqualTo(1);
                before.close();
                newer.send("still here");
                assertThat(fromA.next()).isEqualTo("still here");
            }
        }
    }

    /** Each one that stood was once the reason to seek the next. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDoubtedConnectionIsReplacedOnceAndTheNewOneStays(boolean tls) throws Exception {
        try (Firewall b = listening(tls); Firewall a = Firewall.connecting(LOOPS.group(), a(tls), b.port())) {
            Talk silent = greet(a);
            Talk silentThere = b.talk();
            silent.connection.seekAnother();
            Talk newer = greet(a);
            assertThat(silent.closed.get(10, TimeUnit.SECONDS)).isEqualTo("replaced-by-newer");
            silentThere.closed.get(10, TimeUnit.SECONDS);
            Talk newerThere = b.talk();
            assertThat(newerThere.next()).isEqualTo("hello");
            // Longer than the pause after which another one would be sought.
            for (long until = System.nanoTime() + 5_000_000L * Firewall.FAST.reconnectPause(); System.nanoTime() < until;) {
                newer.send("on");
                assertThat(newerThere.next()).isEqualTo("on");
            }
            assertThat(a.nobodyCame()).isTrue();
            assertThat(newer.closed).isNotDone();
            assertThat(a.refused("replaced-by-newer")).isEqualTo(1);
        }
    }

    @Test
    void anotherConnectionIsSoughtUntilOneStands() throws Exception {
        try (Firewall b = listening(true); ServerSocket between = new ServerSocket(0);
            Firewall a = Firewall.connecting(LOOPS.group(), a(true), between.getLocalPort())) {
            relay(between.accept(), b.port());
            Talk silent = greet(a);
            silent.connection.seekAnother();
            for (int tries = 0; tries < 3; tries++) {
                between.accept().close();
            }
            relay(between.accept(), b.port());
            greet(a);
            assertThat(silent.closed.get(10, TimeUnit.SECONDS)).isEqualTo("replaced-by-newer");
        }
    }

    private static void relay(Socket from, int port) throws IOException {
        Socket to = new Socket("127.0.0.1", port);
        carry(from, to);
        carry(to, from);
    }

    private static void carry(Socket from, Socket to) {
        Thread thread = new Thread(() -> {
            try (from; to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // Both are closed then.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void whatWasAcceptedIsSentBeforeAClose() throws Exception {
        for (boolean tls : new boolean[] {true, false}) {
            try (Firewall b = listening(tls); Firewall a = Firewall.connecting(LOOPS.group(), a(tls), b.port())) {
                Talk fromA = greet(a);
                Talk fromB = b.talk();
                assertThat(fromB.next()).isEqualTo("hello");
                fromA.send("farewell");
                fromA.connection.close("switchover");
                assertThat(fromB.next()).isEqualTo("farewell");
                assertThat(fromB.closed.get(10, TimeUnit.SECONDS)).isEqualTo("peer-closed");
            }
        }
    }

    @Test
    void aFrameThatTheProtocolForbidsClosesTheConnectionUnderItsReason() throws Exception {
        try (Firewall b = listening(true); Firewall a = Firewall.connecting(LOOPS.group(), a(true), b.port())) {
            a.talk().send("unheard-of");
            assertThat(b.talk().closed.get(10, TimeUnit.SECONDS)).isEqualTo("unknown-frame");
            b.awaitRefused("unknown-frame", 1);
        }
    }

    @Test
    void aConversationThatThrowsIsClosedAndTheLinkGoesOn() throws Exception {
        try (Firewall b = listening(true); Firewall a = Firewall.connecting(LOOPS.group(), a(true), b.port())) {
            Talk fromA = greet(a);
            Talk fromB = b.talk();
            assertThat(fromB.next()).isEqualTo("hello");
            fromB.judge = frame -> {
                throw new IllegalStateException("thrown by the test");
            };
            fromA.send("anything");
            assertThat(fromB.closed.get(10, TimeUnit.SECONDS)).isEqualTo("internal-error");
            b.awaitRefused("internal-error", 1);
            greet(a);
            assertThat(b.talk().next()).isEqualTo("hello");
        }
    }

    @Test
    void aConversationThatFailsToGiveAFrameIsClosed() throws Exception {
        try (Firewall b = listening(true); Firewall a = Firewall.connecting(LOOPS.group(), a(true), b.port())) {
            Talk fromA = greet(a);
            fromA.send(new byte[HeartbeatLink.MAX_FRAME + 1]);
            assertThat(fromA.closed.get(10, TimeUnit.SECONDS)).isEqualTo("internal-error");
            a.awaitRefused("internal-error", 1);
            fromA = a.talk();
            fromA.send(new byte[0]);
            assertThat(fromA.closed.get(10, TimeUnit.SECONDS)).isEqualTo("internal-error");
        }
    }

    @Test
    void certificatesCanBeRenewedWithBothPinned() throws Exception {
        LinkSettings.KeyFiles either = keys.files("fw-b", "stranger", "fw-a");
        try (Firewall b = Firewall.listening(LOOPS.group(), either, Firewall.FAST)) {
            for (String one : new String[] {"fw-a", "stranger"}) {
                try (Firewall a = Firewall.connecting(LOOPS.group(), keys.files(one, "fw-b"), b.port())) {
                    greet(a);
                    assertThat(b.talk().next()).isEqualTo("hello");
                }
            }
            assertThat(b.link.report().refused()).isEmpty();
        }
    }

    @Test
    void theConnectingSideRefusesAForeignCertificateToo() throws Exception {
        try (Firewall b = Firewall.listening(LOOPS.group(), keys.files("stranger", "fw-a"), Firewall.FAST);
            Firewall a = Firewall.connecting(LOOPS.group(), a(true), b.port())) {
            Firewall.await("refusals in " + a.link.report(), () -> a.refused("foreign-certificate") >= 2);
            assertThat(a.link.report().refused()).containsOnlyKeys("foreign-certificate");
            assertThat(a.nobodyCame()).isTrue();
            assertThat(a.link.report().connected()).isFalse();
        }
    }

    @Test
    void aFirewallThatIsRefusedLearnsWhy() throws Exception {
        try (Firewall b = listening(true);
            Firewall a = Firewall.connecting(LOOPS.group(), keys.files("stranger", "fw-b"), b.port())) {
            assertThat(a.talk().closed.get(10, TimeUnit.SECONDS)).isEqualTo("refused-by-peer");
            Firewall.await("another try", () -> b.refused("foreign-certificate") >= 2);
            assertThat(a.link.report().refused()).isEmpty();
            assertThat(b.nobodyCame()).isTrue();
        }
    }

    @Test
    void aClosedLinkSaysSoAndCanBeOpenedAgain() throws Exception {
        Firewall b = listening(true);
        try (Firewall a = Firewall.connecting(LOOPS.group(), a(true), b.port())) {
            greet(a);
            Talk last = b.talk();
            b.close();
            assertThat(last.closed).isCompletedWithValue("link-closed");
            assertThat(b.link.report().connected()).isFalse();
            assertThat(b.link.report().refused()).isEqualTo(Map.of());
            try (AutoCloseable again = b.link.open(b)) {
                assertThat(again).isNotNull();
                Firewall.await("listening", () -> b.port() > 0);
            }
        }
    }
}
