/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.settings.Settings;

class HttpsTest {

    private final KeyStore client = FakeServerTls.selfSigned("client");
    private final EndpointTls tls = tls("tls_certificate", "portal", "client_ca", "clients");
    private FakeServerTls firewall;
    private ApiUnderTest api;

    @BeforeEach
    void serve(@TempDir Path folder) throws Exception {
        firewall = FakeServerTls.believing(client);
        api = new ApiUnderTest(folder, new FakeGroup(), Duration.ofSeconds(5), tls);
        tls.add(firewall);
        api.client = clientOf(firewall, client);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static EndpointTls tls(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return EndpointTls.from(new Settings(ManagementApi.PID, values, line -> {
            throw new AssertionError(line);
        }));
    }

    private static HttpClient clientOf(FakeServerTls server, KeyStore shown) {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5))
            .sslContext(FakeServerTls.context(shown, server.certificate)).build();
    }

    @Test
    void theFirewallsCertificateIsServed() throws Exception {
        HttpResponse<String> response = api.get("/api/status");
        assertThat(response.statusCode()).isEqualTo(200);
        SSLSession session = response.sslSession().orElseThrow();
        assertThat(session.getPeerCertificates()[0]).isEqualTo(firewall.certificate);
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(api.api.url()).startsWith("https://127.0.0.1:");
    }

    @Test
    void aClientThatIsRevokedWhileItIsConnectedIsRefused() throws Exception {
        assertThat(api.get("/api/status").statusCode()).isEqualTo(200);
        firewall.revoked = true;
        HttpResponse<String> refused = api.get("/api/status");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("certificate is not accepted");
    }

    @Test
    void aClientWithoutCertificateOrWithoutTlsGetsNothing() throws Exception {
        api.client = clientOf(firewall, null);
        assertThatThrownBy(() -> api.get("/health")).isInstanceOf(IOException.class);
        assertThat(api.raw("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")).doesNotContain("HTTP/1.1 200");
    }

    @Test
    void anotherFirewallTakesOverWithoutARestart() throws Exception {
        assertThat(api.get("/health").statusCode()).isEqualTo(200);
        tls.remove(firewall);
        api.client = clientOf(firewall, client);
        assertThatThrownBy(() -> api.get("/health")).isInstanceOf(IOException.class);
        FakeServerTls next = FakeServerTls.believing(client);
        tls.add(next);
        api.client = clientOf(next, client);
        assertThat(api.get("/health").sslSession().orElseThrow().getPeerCertificates()[0]).isEqualTo(next.certificate);
    }

    @Test
    void clientsThatNeverFinishTheirHandshakeDoNotKeepOthersOut() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.api.port());
                socket.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1});
                silent.add(socket);
            }
            assertThat(api.get("/health").statusCode()).isEqualTo(200);
        } finally {
            for (Socket each : silent) {
                each.close();
            }
        }
    }

    @Test
    void settingsThatWouldLeaveClientsUncheckedAreRefused() {
        assertThat(tls("client_ca", "")).isNull();
        assertThatThrownBy(() -> tls("client_ca", "clients")).hasMessageContaining("tls_certificate");
        assertThatThrownBy(() -> tls("require_client_certificate", "true")).hasMessageContaining("tls_certificate");
        assertThatThrownBy(() -> tls("tls_certificate", "portal", "require_client_certificate", "true")).hasMessageContaining("client_ca");
        assertThat(tls("tls_certificate", "portal")).isNotNull();
    }
}
