/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.firewall.ClientTrust;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.SlbPersistence;
import twinwall.firewall.embedded.pki.Handshakes;
import twinwall.firewall.embedded.pki.SampleAuthority;
import twinwall.firewall.embedded.slb.l7.HttpListeners;

/** TLS connections passed through to two real servers, before and after a failover. */
class TlsSlbTest {

    private final SampleAuthority authority = new SampleAuthority("Sample CA");
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Integer> plain = new ArrayList<>();
    private final TestFirewall servers = new TestFirewall();
    private TestFirewall a;
    private TestFirewall b;
    private HttpListeners onA;
    private HttpListeners onB;

    @BeforeEach
    void twoFirewallsBeforeTwoServers() throws Exception {
        servers.pass(0);
        var portal = authority.issue("portal");
        servers.firewall.certificates().importIdentity("portal", portal.chain(), portal.key());
        String reals = "127.0.0.1:" + real('1') + ", 127.0.0.1:" + real('2');
        a = new TestFirewall("slb_http", "mail tls 127.0.0.1:0 -> " + reals);
        b = new TestFirewall("slb_http", "mail tls 127.0.0.1:0 -> " + reals, "forwarding", "false");
        a.pass(0);
        b.pass(0);
        onA = listen(a);
        onB = listen(b);
    }

    private HttpListeners listen(TestFirewall firewall) {
        HttpListeners listeners = HttpListeners.start(firewall.firewall.httpBalancing(), firewall.firewall.serverTls());
        open.add(listeners);
        return listeners;
    }

    /** A server that says its name on each connection. */
    private int real(char name) throws Exception {
        SSLContext context = servers.firewall.serverTls().context("portal", ClientTrust.NOBODY_ASKED);
        SSLServerSocket socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50,
                InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    client.getOutputStream().write(name);
                } catch (IOException expected) {
                    // the test is over, or the client has gone
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        open.add(socket);
        return socket.getLocalPort();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** Which server answered. */
    private char connect(HttpListeners to, SSLContext client, String protocol) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), to.port("mail"));
        // Under one name on both firewalls: the client resumes sessions by name and port.
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(plain, "mail.example", 993, true)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setSoTimeout(10_000);
            return (char) socket.getInputStream().read();
        }
    }

    private SSLContext client() {
        return Handshakes.client(authority.certificate, null);
    }

    private void takeOver() {
        b.takeOverFrom(a);
        b.pass(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void afterAFailoverAClientKeepsItsServer(String protocol) throws Exception {
        SSLContext client = client();
        char first = connect(onA, client, protocol);
        assertThat(first).isEqualTo('1');
        assertThat(connect(onA, client, protocol)).isEqualTo(first);
        a.copyTo(b);
        takeOver();
        b.firewall.httpBalancing().choose(b.firewall.httpBalancing().servers().iterator().next(), List.of());
        assertThat(connect(onB, client, protocol)).isEqualTo(first);
    }

    @Test
    void withoutTheTableAClientGoesElsewhere() throws Exception {
        assertThat(connect(onA, client(), "TLSv1.3")).isEqualTo('1');
        a.copyAllBut(b, "l7-slb");
        takeOver();
        b.firewall.httpBalancing().choose(b.firewall.httpBalancing().servers().iterator().next(), List.of());
        assertThat(connect(onB, client(), "TLSv1.3")).isEqualTo('2');
    }

    @Test
    void aSessionIdentifierIsFoundAgainAfterAFailover() throws Exception {
        HttpListeners first = resuming(a);
        assertThat(hello(first, new byte[0])).isEqualTo('1');
        byte[] given = "1-identifier-of-1".getBytes(StandardCharsets.US_ASCII);
        assertThat(hello(first, given)).isEqualTo('1');
        assertThat(entries(table(a)).get(0).kind()).isEqualTo(SlbPersistence.Kind.TLS_SESSION);
        HttpListeners second = resuming(b);
        a.copyTo(b);
        takeOver();
        assertThat(hello(second, "somebody else's".getBytes(StandardCharsets.US_ASCII))).as("the first one's turn").isEqualTo('1');
        assertThat(hello(second, given)).as("by its identifier, not by turn").isEqualTo('1');
    }

    /** Listens for servers of TLS 1.2 that give session identifiers, and no tickets. */
    private HttpListeners resuming(TestFirewall instead) throws IOException {
        if (plain.isEmpty()) {
            plain.addAll(List.of(plain('1'), plain('2')));
        }
        TestFirewall made = new TestFirewall("slb_http", "mail tls 127.0.0.1:0 -> 127.0.0.1:" + plain.get(0) + ", 127.0.0.1:"
                + plain.get(1), "forwarding", instead == a ? "true" : "false");
        made.pass(0);
        if (instead == a) {
            a = made;
        } else {
            b = made;
        }
        return listen(made);
    }

    private int plain(char name) throws IOException {
        ServerSocket socket = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        byte[] id = (name + "-identifier-of-" + name).getBytes(StandardCharsets.US_ASCII);
        Thread thread = new Thread(() -> {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    client.getInputStream().read(new byte[1000]);
                    client.getOutputStream().write(hello(2, id, new byte[] {(byte) 0xc0, 0x2f, 0}));
                    client.getOutputStream().write(name);
                } catch (IOException expected) {
                    // the test is over, or the client has gone
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        open.add(socket);
        return socket.getLocalPort();
    }

    private static byte[] hello(int type, byte[] id, byte[] rest) {
        int length = 35 + id.length + rest.length;
        ByteBuffer hello = ByteBuffer.allocate(9 + length);
        hello.put((byte) 22).putShort((short) 0x0303).putShort((short) (4 + length)).put((byte) type).put((byte) 0)
                .putShort((short) length);
        return hello.putShort((short) 0x0303).put(new byte[32]).put((byte) id.length).put(id).put(rest).array();
    }

    private static char hello(HttpListeners to, byte[] id) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port("mail"))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello(1, id, new byte[] {0, 2, (byte) 0xc0, 0x2f, 1, 0}));
            socket.shutdownOutput();
            byte[] answer = socket.getInputStream().readAllBytes();
            return (char) answer[answer.length - 1];
        }
    }

    @Test
    void theStandbyAndWhoSpeaksNoTlsGetNothing() throws Exception {
        for (HttpListeners each : List.of(onB, onA)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), each.port("mail"))) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.setSoTimeout(10_000);
                assertThat(readToEnd(socket)).isZero();
            }
        }
        assertThat(table(a).size()).isZero();
    }

    private static int readToEnd(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes().length;
        } catch (IOException reset) {
            return 0;
        }
    }

    @Test
    void whatIsKeptIsAHashOfWhatTheClientShows() throws Exception {
        connect(onA, client(), "TLSv1.3");
        SlbPersistence entry = entries(table(a)).get(0);
        assertThat(entry.kind()).isEqualTo(SlbPersistence.Kind.ADDRESS);
        assertThat(Arrays.copyOf(entry.idHash(), 4)).isNotEqualTo(new byte[] {127, 0, 0, 1});
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<SlbPersistence> table(TestFirewall of) {
        return (FirewallTable<SlbPersistence>) of.firewall.tables().get("l7-slb");
    }
}
