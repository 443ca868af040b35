/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.link.Connection;
import twinwall.link.HeartbeatLink;

class SlowPeerTest {

    private static final EventLoops LOOPS = new EventLoops();
    private static final int PROMISED = 64 * 1024;
    private static TestKeys keys;

    /** Has a frame to send whenever it is asked. */
    private static final class Endless extends Talk {

        private final int frame;

        Endless(Connection connection, int frame) {
            super(connection);
            this.frame = frame;
        }

        @Override
        public boolean next(ByteBuffer into) {
            into.put(new byte[frame]);
            pulled.addAndGet(frame + 4);
            return true;
        }
    }

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = TestKeys.make(folder);
    }

    @AfterAll
    static void endThreads() {
        LOOPS.close();
    }

    private static Firewall listening(boolean tls, int frame, int writeMillis) throws Exception {
        return Firewall.listening(LOOPS.group(), tls ? keys.files("fw-b", "fw-a") : null,
            new LinkSettings.Times(1_000, 20, 5_000, writeMillis), 0, connection -> new Endless(connection, frame));
    }

    /** Comes as the peer and sends one frame. */
    private static Socket come(boolean tls, int port) throws Exception {
        Socket socket;
        if (tls) {
            socket = keys.client("fw-a", port);
        } else {
            socket = new Socket();
            socket.setReceiveBufferSize(TestKeys.RECEIVE_BUFFER);
            socket.connect(new InetSocketAddress("127.0.0.1", port));
        }
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(new byte[] {0, 0, 0, 1, 7});
        return socket;
    }

    /** What was pulled when nothing more is. */
    private static long standstill(Talk talk) {
        long[] last = {0, System.nanoTime()};
        Firewall.await("standstill", () -> {
            long now = talk.pulled.get();
            if (now != last[0] || now == 0) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return System.nanoTime() - last[1] > TimeUnit.MILLISECONDS.toNanos(300);
        });
        return last[0];
    }

    @ParameterizedTest
    @CsvSource({"false, 40", "false, 1000", "false, 16384", "false, 32768", "true, 40", "true, 16384", "true, 32768"})
    void aPeerThatStopsReadingIsThrottledWithinBounds(boolean tls, int frame) throws Exception {
        try (Firewall b = listening(tls, frame, 60_000); Socket peer = come(tls, b.port())) {
            Talk talk = b.talk();
            talk.connection.wake();
            long pulled = standstill(talk);
            assertThat(pulled).isLessThanOrEqualTo(PROMISED + peer.getReceiveBufferSize());

            DataInputStream in = new DataInputStream(peer.getInputStream());
            for (long read = 0; read < 4 * pulled; read += frame + 4) {
                assertThat(in.readInt()).isEqualTo(frame);
                in.readFully(new byte[frame]);
            }
            assertThat(talk.pulled.get()).isGreaterThan(3 * pulled);
            assertThat(talk.closed).isNotDone();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPeerThatTakesNothingForTooLongIsClosed(boolean tls) throws Exception {
        try (Firewall b = listening(tls, HeartbeatLink.MAX_FRAME, 200); Socket peer = come(tls, b.port())) {
            Talk talk = b.talk();
            talk.connection.wake();
            assertThat(talk.closed.get(10, TimeUnit.SECONDS)).isEqualTo("peer-stopped-reading");
            b.awaitRefused("peer-stopped-reading", 1);
            assertThat(peer.isClosed()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCloseDoesNotWaitForAPeerThatStoppedReading(boolean tls) throws Exception {
        try (Firewall b = listening(tls, 16 * 1024, 60_000); Socket peer = come(tls, b.port())) {
            Talk talk = b.talk();
            talk.connection.wake();
            standstill(talk);
            long before = System.nanoTime();
            b.close();
            assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(4));
            assertThat(talk.closed).isCompletedWithValue("link-closed");
            assertThat(b.port()).isEqualTo(-1);
            assertThat(peer.isClosed()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPeerThatReadsSlowlyButReadsIsKept(boolean tls) throws Exception {
        try (Firewall b = listening(tls, 1_000, 250); Socket peer = come(tls, b.port())) {
            Talk talk = b.talk();
            talk.connection.wake();
            DataInputStream in = new DataInputStream(peer.getInputStream());
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(900);
            while (System.nanoTime() < end) {
                in.readFully(new byte[40 * 1004]);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            assertThat(talk.closed).isNotDone();
        }
    }
}
