/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.PeerAnswer;
import twinwall.firewall.TableWatcher;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.Frames;

@Timeout(30)
class PacketPortTest {

    private final EmbeddedFirewall firewall = new EmbeddedFirewall(
            FirewallSettings.of(Map.of("forwarding", "true", "clock", "packets", "napt_pool", "203.0.113.1")));
    private PacketPortServer server;
    private PacketPortClient client;

    @BeforeEach
    void open() throws IOException {
        server = new PacketPortServer(firewall, InetAddress.getLoopbackAddress(), 0);
        client = new PacketPortClient(server.port(), 10_000);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private static byte[] query(int port) {
        return Frames.udp("10.0.0.5", port, "198.51.100.9", 53, 20);
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void aPacketComesBackTranslated() throws IOException {
        Answer answer = client.send(1_000_000, 0, query(5000));
        assertThat(answer.forwarded()).isTrue();
        assertThat(answer.egress()).isEqualTo(1);
        assertThat(Frames.source(answer.frame())).isEqualTo("203.0.113.1:5000");
        Answer dropped = client.send(2_000_000, 1, query(5000));
        assertThat(dropped.forwarded()).isFalse();
        assertThat(dropped.egress()).isEqualTo(-1);
        assertThat(dropped.reason()).isEqualTo("wrong-interface");
        assertThat(dropped.frame()).isEmpty();
    }

    @Test
    void pipelinedAnswersComeInOrder() throws IOException {
        for (int i = 0; i < 2000; i++) {
            client.post(i, 0, query(2000 + i));
        }
        client.flush();
        for (int i = 0; i < 2000; i++) {
            assertThat(Frames.source(client.take().frame())).isEqualTo("203.0.113.1:" + (2000 + i));
        }
    }

    @Test
    void whatThePeerGaveLeavesByTheConnectionThatAskedForIt() throws IOException {
        try (PacketPortClient outlet = new PacketPortClient(server.port(), 10_000)) {
            outlet.beOutlet();
            long given = 0;
            while (firewall.counters().dropped(DropReason.NO_OUTLET) == given) {
                // Until the request is read there is no outlet.
                firewall.peerTraffic().message(handedOver(query(5000)));
                given++;
            }
            Answer left = outlet.takeNext();
            assertThat(left.number()).isZero();
            assertThat(Frames.source(left.frame())).isEqualTo("203.0.113.1:5000");
        }
        assertThat(client.send(1, 0, query(5001)).forwarded()).as("the others go on").isTrue();
        until(() -> {
            long before = firewall.counters().dropped(DropReason.NO_OUTLET);
            firewall.peerTraffic().message(handedOver(query(5000)));
            return firewall.counters().dropped(DropReason.NO_OUTLET) > before;
        });
    }

    /** A packet from inside, as the peer hands it over. */
    private static byte[] handedOver(byte[] frame) {
        return ByteBuffer.allocate(5 + frame.length).put((byte) 1).put((byte) 1).put((byte) 0).putShort((short) frame.length).put(frame)
                .array();
    }

    @Test
    void garbageClosesItsOwnConnectionOnlyAndIsCounted() throws IOException {
        List<byte[]> garbage = new ArrayList<>();
        garbage.add("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        garbage.add(new byte[] {0, 0, 0, 0});
        garbage.add(new byte[] {(byte) 0x80, 0, 0, 0});
        garbage.add(new byte[] {0, 0, 0, 1, 9});
        garbage.add(new byte[] {0, 0, 0, 2, 1, 1});
        garbage.add(new byte[] {0, 0, 0, 11, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0});
        garbage.add(new byte[] {0, 0, 0, 12, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5});
        for (byte[] bytes : garbage) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(bytes);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
        until(() -> server.garbage() == garbage.size());
        assertThat(client.send(1, 0, query(1)).forwarded()).isTrue();
    }

    @Test
    void randomRequestsNeverStopThePort() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                byte[] body = new byte[1 + random.nextInt(60)];
                random.nextBytes(body);
                body[0] = (byte) (1 + random.nextInt(2));
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeInt(body.length + random.nextInt(2));
                out.write(body);
                socket.shutdownOutput();
                socket.setSoTimeout(10_000);
                socket.getInputStream().readAllBytes();
            } catch (IOException expected) {
                // The port has closed the connection in the middle.
            }
        }
        assertThat(client.send(1, 0, query(1)).egress()).as("seed " + seed).isNotEqualTo(7);
        assertThat(server.refused()).as("seed " + seed).isZero();
    }

    @Test
    void aPacketThatWaitsForThePeerComesOutLater() throws Exception {
        EmbeddedFirewall confirming = new EmbeddedFirewall(
                FirewallSettings.of(Map.of("forwarding", "true", "clock", "packets", "confirm_before_forward", "true")));
        BlockingQueue<PeerAnswer> asked = new LinkedBlockingQueue<>();
        confirming.ipv4Sessions().watch(new TableWatcher<Ipv4Session>() {

            @Override
            public void changed(Ipv4Session entry) {
                // Not of interest here.
            }

            @Override
            public void changed(Ipv4Session entry, PeerAnswer answer) {
                asked.add(answer);
            }

            @Override
            public void removed(Ipv4Session last) {
                // Not of interest here.
            }
        });
        try (PacketPortServer port = new PacketPortServer(confirming, InetAddress.getLoopbackAddress(), 0);
                PacketPortClient user = new PacketPortClient(port.port(), 10_000)) {
            user.post(1, 0, query(5000));
            user.post(1, 1, query(6000));
            user.flush();
            Answer held = user.take();
            assertThat(held.held()).isTrue();
            assertThat(held.number()).isEqualTo(1);
            asked.take().done(PeerAnswer.Outcome.ON_PEER);
            assertThat(user.take().reason()).as("the answer to the second packet").isEqualTo("denied");
            Answer late = user.takeNext();
            assertThat(late.number()).isEqualTo(1);
            assertThat(late.forwarded()).isTrue();
            assertThat(late.frame()).isEqualTo(query(5000));
            Thread answering = new Thread(() -> answer(asked));
            answering.start();
            Answer sent = user.send(3, 0, query(5002));
            assertThat(sent.forwarded()).as("who waits for an answer gets the last word").isTrue();
            assertThat(sent.number()).isEqualTo(3);
            answering.join();
        }
    }

    private static void answer(BlockingQueue<PeerAnswer> asked) {
        try {
            asked.take().done(PeerAnswer.Outcome.ON_PEER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theNinthConnectionIsRefused() throws IOException {
        client.send(1, 0, query(1));
        List<PacketPortClient> more = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            PacketPortClient one = new PacketPortClient(server.port(), 10_000);
            more.add(one);
            one.send(1, 0, query(1));
        }
        try (PacketPortClient ninth = new PacketPortClient(server.port(), 10_000)) {
            assertThatThrownBy(() -> ninth.send(1, 0, query(1))).isInstanceOf(IOException.class);
        }
        assertThat(server.refused()).isEqualTo(1);
        for (PacketPortClient one : more) {
            one.close();
        }
    }

    @Test
    void aClosedPortIsAnExceptionForItsUsers() throws IOException {
        client.send(1, 0, query(1));
        server.close();
        assertThatThrownBy(() -> client.send(2, 0, query(1))).isInstanceOf(IOException.class);
    }
}
