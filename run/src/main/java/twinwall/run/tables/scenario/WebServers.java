/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpServer;
import twinwall.run.tables.Firewall;

/**
 * Four real web servers in this process, each of which says its number, and the virtual servers of the firewalls before them: one that
 * keeps clients by a cookie, one that shows a certificate, and one that asks clients for theirs. They end with the program.
 */
final class WebServers {

    private static final int SERVERS = 4;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final WebServers ONLY = new WebServers();

    private final List<HttpServer> servers = new ArrayList<>();

    private WebServers() {
    }

    /** The settings of the firewalls; the servers run from now on. */
    static synchronized Map<String, String> settings() {
        if (ONLY.servers.isEmpty()) {
            ONLY.start();
        }
        String real = ONLY.servers.stream().map(server -> "127.0.0.1:" + server.getAddress().getPort()).collect(Collectors.joining(", "));
        return Map.of("slb_http", "web http 127.0.0.1:${port:web} -> " + real
                + "; portal https 127.0.0.1:${port:portal} certificate portal -> " + real
                + "; staff https 127.0.0.1:${port:staff} certificate staff-server clients staff-authority -> " + real);
    }

    private void start() {
        for (int i = 0; i < SERVERS; i++) {
            byte[] number = String.valueOf(i).getBytes(StandardCharsets.US_ASCII);
            try {
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.createContext("/", exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(200, number.length);
                        exchange.getResponseBody().write(number);
                    }
                });
                server.start();
                servers.add(server);
            } catch (IOException e) {
                throw new UncheckedIOException("A web server could not be started on loopback", e);
            }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> servers.forEach(server -> server.stop(0)), "web-servers-end"));
    }

    /** What a virtual server answered. */
    record Reply(int status, String server, String cookie) {
    }

    /**
     * Asks a virtual server, over a connection of its own.
     *
     * @param tls what the client trusts and shows; null for plain HTTP
     * @param cookie to send, empty for none
     * @throws IOException when there is no answer, for example because the handshake fails
     */
    static Reply ask(Firewall firewall, String virtualServer, SSLContext tls, String cookie) throws IOException {
        HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER_WITHIN);
        if (tls != null) {
            client.sslContext(tls);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create((tls == null ? "http" : "https") + "://127.0.0.1:"
                + firewall.port(virtualServer) + "/")).timeout(ANSWER_WITHIN);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try {
            HttpResponse<String> response = client.build().send(request.build(), HttpResponse.BodyHandlers.ofString());
            String set = response.headers().firstValue("Set-Cookie").orElse("");
            return new Reply(response.statusCode(), response.body(), set.isEmpty() ? cookie : set.substring(0, set.indexOf(';')));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Whether a virtual server serves a client that shows this. */
    static boolean serves(Firewall firewall, String virtualServer, SSLContext tls) {
        try {
            return ask(firewall, virtualServer, tls, "").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
