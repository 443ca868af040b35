/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.SlbPersistence;
import twinwall.firewall.SlbPersistence.Kind;
import twinwall.firewall.embedded.pki.Handshakes;
import twinwall.firewall.embedded.pki.SampleAuthority;
import twinwall.firewall.embedded.slb.l7.HttpListeners;

/** Requests through virtual servers for HTTP and TLS, before and after a failover. */
class HttpSlbTest {

    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicReference<String> seen = new AtomicReference<>("");
    private TestFirewall a;
    private TestFirewall b;
    private HttpListeners onA;
    private HttpListeners onB;

    @BeforeEach
    void twoFirewallsBeforeTwoServers() throws Exception {
        String reals = "127.0.0.1:" + real("one") + ", 127.0.0.1:" + real("two");
        a = new TestFirewall("slb_http", "web http 127.0.0.1:0 -> " + reals, "slb_http_timeout_ms", "2000");
        b = new TestFirewall("slb_http", "web http 127.0.0.1:0 -> " + reals, "forwarding", "false");
        a.pass(0);
        b.pass(0);
        onA = listen(a);
        onB = listen(b);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private HttpListeners listen(TestFirewall firewall) {
        HttpListeners listeners = HttpListeners.start(firewall.firewall.httpBalancing(), firewall.firewall.serverTls());
        open.add(listeners);
        return listeners;
    }

    private int real(String name) throws Exception {
        HttpServer server = HttpServer.create(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Connection", "x-hop");
            exchange.getResponseHeaders().set("X-Hop", "1");
            exchange.getResponseHeaders().set("X-Real", name);
            exchange.sendResponseHeaders(200, exchange.getRequestURI().getPath().equals("/chunks") ? 0 : body.length == 0 ? -1
                    : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        open.add(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    private static String request(int port, String... lines) throws Exception {
        return send(port, String.join("\r\n", lines) + "\r\n\r\n");
    }

    private static String send(int port, String text) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String get(HttpListeners from, String... headers) throws Exception {
        List<String> lines = new ArrayList<>(List.of("GET /a?b=c HTTP/1.1", "Host: shop.example", "Connection: close"));
        lines.addAll(List.of(headers));
        return request(from.port("web"), lines.toArray(new String[0]));
    }

    private static String cookie(String response) {
        String line = response.lines().filter(each -> each.toLowerCase().startsWith("set-cookie:")).findFirst().orElse("");
        assertThat(line).contains("HttpOnly", "SameSite=Lax");
        return "Cookie: other=1; " + line.substring(12, line.indexOf(';'));
    }

    private void takeOver() {
        b.takeOverFrom(a);
        b.pass(0);
    }

    @Test
    void afterAFailoverACookieKeepsItsServer() throws Exception {
        assertThat(get(onA)).contains("X-real: one");
        String cookie = cookie(get(onA));
        a.copyTo(b);
        takeOver();
        for (int i = 0; i < 4; i++) {
            assertThat(get(onB, cookie)).contains("X-real: two").doesNotContainIgnoringCase("set-cookie");
        }
    }

    @Test
    void withoutTheTableTheCookieGoesElsewhere() throws Exception {
        get(onA);
        String cookie = cookie(get(onA));
        assertThat(get(onA, cookie)).contains("X-real: two");
        a.copyAllBut(b, "l7-slb");
        takeOver();
        String response = get(onB, cookie);
        assertThat(response).contains("X-real: one");
        assertThat(cookie(response)).as("a value that nobody could have known before").isNotEqualTo(cookie);
    }

    @Test
    void theStandbyRefuses() throws Exception {
        assertThat(get(onB)).startsWith("HTTP/1.1 503").contains("standby");
        takeOver();
        assertThat(get(onB)).startsWith("HTTP/1.1 200");
    }

    @Test
    void headersForOneHopEndHereAndTheServerLearnsWhoAsks() throws Exception {
        String cookie = cookie(get(onA));
        String response = get(onA, cookie, "X-Forwarded-For: 192.0.2.7", "Upgrade: h2c", "Keep-Alive: 3");
        assertThat(seen.get()).contains("/a?b=c", "Host=[shop.example]", "X-forwarded-for=[192.0.2.7, 127.0.0.1]")
                .contains("X-forwarded-proto=[http]", "Via=[1.1 twinwall]", "Cookie=[other=1]")
                .doesNotContain("Upgrade", "Keep-alive", "twinwall-web");
        assertThat(response).doesNotContainIgnoringCase("x-hop");
    }

    @Test
    void bodiesOfEveryFramingPass() throws Exception {
        String body = "x".repeat(70_000);
        assertThat(request(onA.port("web"), "POST /length HTTP/1.1", "Host: a", "Connection: close", "Content-Length: 70000", "", body))
                .contains("\r\n\r\n" + body);
        String chunked = "POST /chunks HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3;x=1\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
        assertThat(send(onA.port("web"), chunked)).contains("abcdefg", "Transfer-encoding: chunked");
        assertThat(request(onA.port("web"), "HEAD / HTTP/1.1", "Host: a", "Connection: close")).startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\n");
    }

    @Test
    void requestsThatCouldBeReadInTwoWaysAreRefused() throws Exception {
        int port = onA.port("web");
        assertThat(request(port, "GET / HTTP/1.1", "Connection: close")).startsWith("HTTP/1.1 400");
        assertThat(request(port, "GET / HTTP/1.1", "Host: a", "Host: b")).startsWith("HTTP/1.1 400");
        assertThat(request(port, "POST / HTTP/1.1", "Host: a", "Content-Length: 1", "Transfer-Encoding: chunked", "", "0", ""))
                .startsWith("HTTP/1.1 400");
        assertThat(request(port, "POST / HTTP/1.1", "Host: a", "Content-Length: 9999999999999")).startsWith("HTTP/1.1 413");
    }

    @Test
    void aServerThatIsGoneIsReplacedAndTheCookieFollows() throws Exception {
        get(onA);
        String cookie = cookie(get(onA));
        open.get(1).close();
        assertThat(get(onA, cookie)).contains("X-real: one");
        open.get(0).close();
        assertThat(get(onA, cookie)).startsWith("HTTP/1.1 502");
    }

    @Test
    void aServerThatIsSilentOrSpeaksNoHttpIsToldApart() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            TestFirewall slow = new TestFirewall("slb_http", "web http 127.0.0.1:0 -> 127.0.0.1:" + silent.getLocalPort(),
                    "slb_http_timeout_ms", "200");
            assertThat(get(listen(slow))).startsWith("HTTP/1.1 504");
            Thread garbage = new Thread(() -> {
                try {
                    for (int i = 0; i < 2; i++) {
                        try (Socket socket = silent.accept()) {
                            socket.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
                        }
                    }
                } catch (java.io.IOException expected) {
                    // the test is over
                }
            });
            garbage.start();
            assertThat(get((HttpListeners) open.get(open.size() - 1))).matches("(?s)HTTP/1.1 50[24].*");
        }
    }

    @Test
    void whatThisFirewallDoesNotHaveIsRefusedFromThePeer() {
        assertThatThrownBy(() -> table(b).restore(new SlbPersistence("shop", Kind.COOKIE, new byte[16], new Ip4(0x7f000001), 80, 9)))
                .isInstanceOfSatisfying(EntryRefusedException.class, e -> assertThat(e.reason()).isEqualTo("unknown-virtual-server"));
        assertThatThrownBy(() -> table(b).restore(new SlbPersistence("web", Kind.COOKIE, new byte[16], new Ip4(0x7f000001), 1, 9)))
                .isInstanceOfSatisfying(EntryRefusedException.class, e -> assertThat(e.reason()).isEqualTo("unknown-real-server"));
    }

    @Test
    void theTableHoldsHashesAndEndsWithTime() throws Exception {
        String cookie = cookie(get(onA));
        String value = cookie.substring(cookie.lastIndexOf('=') + 1);
        assertThat(entries(table(a)).toString()).doesNotContain(value);
        assertThat(entries(table(a)).get(0).idHash()).hasSize(16);
        a.pass(1801);
        assertThat(table(a).size()).isZero();
    }

    @Test
    void aVirtualServerWithTlsShowsTheHeldCertificateAndRefusesTheRevoked() throws Exception {
        SampleAuthority authority = new SampleAuthority("Sample CA");
        var portal = authority.issue("portal");
        var good = authority.issue("good");
        var bad = authority.issue("bad");
        TestFirewall secure = new TestFirewall("slb_http", "shop https 127.0.0.1:0 certificate portal clients staff -> 127.0.0.1:"
                + real("three"));
        secure.pass(0);
        secure.firewall.certificates().importIdentity("portal", portal.chain(), portal.key());
        secure.firewall.certificates().importAuthority("staff", authority.certificate);
        secure.firewall.certificates().importCrl(authority.crl(1, bad.certificate()));
        HttpListeners listeners = listen(secure);
        assertThat(overTls(Handshakes.client(authority.certificate, good), listeners.port("shop"))).contains("X-real: three", "; Secure");
        seen.set("nothing");
        try {
            assertThat(overTls(Handshakes.client(authority.certificate, bad), listeners.port("shop"))).isEmpty();
        } catch (java.io.IOException expected) {
            // the alert came before the end
        }
        assertThat(seen.get()).as("what the real server saw of it").isEqualTo("nothing");
    }

    private static String overTls(SSLContext client, int port) throws Exception {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void garbageIsAnsweredOrCutNeverPassedOn() throws Exception {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            byte[] text = "GET /a HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = random.nextInt(5); i >= 0; i--) {
                text[random.nextInt(text.length - 4)] = (byte) random.nextInt();
            }
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), onA.port("web"))) {
                socket.getOutputStream().write(text);
                socket.shutdownOutput();
                socket.setSoTimeout(5000);
                socket.getInputStream().readAllBytes();
            } catch (java.io.IOException expected) {
                // cut
            }
        }
        assertThat(get(onA)).startsWith("HTTP/1.1 200");
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<SlbPersistence> table(TestFirewall of) {
        return (FirewallTable<SlbPersistence>) of.firewall.tables().get("l7-slb");
    }
}
