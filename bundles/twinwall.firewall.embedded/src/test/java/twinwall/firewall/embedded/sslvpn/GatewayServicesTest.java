/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.Credentials.address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.firewall.embedded.Credentials;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;

@Timeout(60)
class GatewayServicesTest {

    @TempDir
    private Path folder;
    private HttpServer web;
    private ServerSocket echo;
    private EmbeddedFirewall firewall;
    private GatewayPages pages;
    private String token;

    @BeforeEach
    void serversInside() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            byte[] seen = (exchange.getRequestURI() + " " + exchange.getRequestHeaders().containsKey("Authorization")).getBytes(UTF_8);
            boolean away = exchange.getRequestURI().getPath().equals("/away");
            exchange.getResponseHeaders().set(away ? "Location" : "Content-Type", away ? "http://192.0.2.1/" : "text/plain");
            exchange.sendResponseHeaders(away ? 302 : 200, seen.length);
            exchange.getResponseBody().write(seen);
            exchange.close();
        });
        web.start();
        echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::echo, "echo");
        thread.setDaemon(true);
        thread.start();
        Path shared = Files.createDirectories(folder.resolve("shared/deep"));
        Files.writeString(shared.resolve("a b.txt"), "deep");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(folder.resolve("shared/link.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("shared/out"), folder);
        firewall = new EmbeddedFirewall(FirewallSettings.of(Map.of("forwarding", "true", "sslvpn_gateway", "branch",
                "aaa_credential_file", Credentials.in(folder).toString(), "sslvpn_folder", folder.resolve("shared").toString(),
                "sslvpn_forward", "echo=127.0.0.1:" + echo.getLocalPort() + ", gone=127.0.0.1:1", "sslvpn_origins",
                "wiki=http://127.0.0.1:" + web.getAddress().getPort(), "sslvpn_self_signed", "true")));
        firewall.tick(1);
        pages = new GatewayPages(firewall.settings().sslVpn(), firewall.sslVpn());
        token = firewall.sslVpn().login(address("192.0.2.7"), "alice", Credentials.password("alice")).token();
        for (String service : List.of("port-forwarding", "web-proxy", "file-sharing")) {
            assertThat(ask("POST", "/" + service + "/connect", null, "").status()).isEqualTo(200);
        }
    }

    private void echo() {
        while (!echo.isClosed()) {
            try (Socket one = echo.accept()) {
                one.getOutputStream().write("echo: ".getBytes(UTF_8));
                one.getInputStream().transferTo(one.getOutputStream());
            } catch (IOException expected) {
                // The test is over.
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        web.stop(0);
        echo.close();
    }

    private Reply ask(String method, String path, String query, String body) {
        return pages.answer(new Request(method, path, query, "bearer " + token, address("192.0.2.7"), body.getBytes(UTF_8)));
    }

    private static String text(Reply reply) {
        return new String(reply.body(), UTF_8);
    }

    @Test
    void portForwardingReachesItsTargetsAndNoOthers() {
        assertThat(text(ask("POST", "/port-forwarding/echo", null, "hello"))).isEqualTo("echo: hello");
        assertThat(ask("POST", "/port-forwarding/gone", null, "hello").status()).isEqualTo(502);
        assertThat(ask("POST", "/port-forwarding/127.0.0.1:22", null, "hello").status()).isEqualTo(404);
        assertThat(ask("GET", "/port-forwarding/echo", null, "").status()).isEqualTo(405);
    }

    @Test
    void theWebProxyFetchesFromItsOriginsOnlyAndGivesNoTokenAway() {
        assertThat(text(ask("GET", "/web-proxy/wiki/page", "q=1", ""))).isEqualTo("/page?q=1 false");
        assertThat(text(ask("GET", "/web-proxy/wiki", null, ""))).isEqualTo("/ false");
        assertThat(ask("GET", "/web-proxy/wiki/away", null, "").status()).as("not followed").isEqualTo(302);
        assertThat(ask("GET", "/web-proxy/other/", null, "").status()).isEqualTo(404);
        assertThat(ask("POST", "/web-proxy/wiki/page", null, "x").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@192.0.2.1/", "//192.0.2.1/", "..//@192.0.2.1/", ":80@192.0.2.1/"})
    void nothingInAPathLeadsToAnotherHost(String path) {
        assertThat(text(ask("GET", "/web-proxy/wiki/" + path, null, ""))).startsWith("/").endsWith("false");
    }

    @Test
    void filesAreListedAndReadAndNotChanged() {
        assertThat(text(ask("GET", "/file-sharing/", null, ""))).isEqualTo("{\"files\":[\"deep/\"]}");
        assertThat(text(ask("GET", "/file-sharing/deep/a%20b.txt", null, ""))).isEqualTo("deep");
        assertThat(ask("POST", "/file-sharing/deep/new.txt", null, "x").status()).isEqualTo(405);
        assertThat(ask("GET", "/file-sharing/none.txt", null, "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.txt", "deep/../../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "/etc/passwd",
        "%2Fetc%2Fpasswd", "link.txt", "out/secret.txt", "deep/%00", "out", "....//secret.txt"})
    void noPathLeadsOutOfTheFolder(String path) {
        assertThat(ask("GET", "/file-sharing/" + path, null, "").status()).isEqualTo(404);
    }

    @Test
    void theServerSpeaksTlsAndKeepsBodiesShort() throws Exception {
        SslVpnSettings settings = firewall.settings().sslVpn();
        try (GatewayServer server = new GatewayServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerKeys.context(settings), pages)) {
            HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
            URI base = URI.create("https://127.0.0.1:" + server.port());
            HttpResponse<String> login = client.send(HttpRequest.newBuilder(base.resolve("/login"))
                    .POST(HttpRequest.BodyPublishers.ofString("user=bob&password=bob%21")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(login.body()).contains("\"user\":\"bob\"");
            assertThat(login.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(login.headers().firstValue("Cache-Control")).contains("no-store");
            HttpResponse<String> long1 = client.send(HttpRequest.newBuilder(base.resolve("/login"))
                    .POST(HttpRequest.BodyPublishers.ofString("x".repeat(5000))).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(long1.statusCode()).isEqualTo(413);
            HttpResponse<String> status = client.send(HttpRequest.newBuilder(base.resolve("/status")).header("Authorization",
                    "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(status.body()).contains("\"user\":\"alice\"");
        }
    }

    @Test
    void withoutACertificateThereIsNoGateway() {
        SslVpnSettings settings = FirewallSettings.of(Map.of("sslvpn_gateway", "branch")).sslVpn();
        assertThatThrownBy(() -> ServerKeys.context(settings)).isInstanceOf(IOException.class)
                .hasMessageContaining("sslvpn_keystore is not set");
        SslVpnSettings missing = FirewallSettings.of(Map.of("sslvpn_gateway", "branch", "sslvpn_keystore", folder + "/none.p12",
                "sslvpn_keystore_password_file", folder + "/none")).sslVpn();
        assertThatThrownBy(() -> ServerKeys.context(missing)).hasMessageContaining("none.p12 is not there");
    }

    @Test
    void targetsThatCannotBeUsedAreNamed() {
        for (String wrong : List.of("echo", "echo=nowhere", "a b=host:1", "echo=host:port")) {
            assertThatThrownBy(() -> FirewallSettings.of(Map.of("sslvpn_forward", wrong))).as(wrong).hasMessageContaining("sslvpn_forward");
        }
        for (String wrong : List.of("wiki=host:80", "wiki=ftp://host:21", "wiki=http://host:80/path", "wiki=http://u@host:80")) {
            assertThatThrownBy(() -> FirewallSettings.of(Map.of("sslvpn_origins", wrong))).as(wrong).hasMessageContaining("sslvpn_origins");
        }
        assertThatThrownBy(() -> FirewallSettings.of(Map.of("sslvpn_pool", "10.1.0.1", "napt_pool", "10.1.0.1")))
                .hasMessageContaining("sslvpn_pool");
    }

    private static SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        X509ExtendedTrustManager anybody = new X509ExtendedTrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            }

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            }

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        context.init(null, new TrustManager[] {anybody}, null);
        return context;
    }
}
