/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;

/**
 * The JDK's HTTP server with limits: {@value #MOST_CONNECTIONS} connections, {@value #THREADS} threads without TLS, a request within
 * {@value #REQUEST_SECONDS} s; {@link Routes} limits the body.
 */
final class HttpApi implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ManagementApi.PID);
    private static final int MOST_CONNECTIONS = 64;
    private static final int THREADS = 8;
    private static final int REQUEST_SECONDS = 10;
    private static final int RESPONSE_SECONDS = 660;
    private static final int MOST_HEADERS = 64;

    static {
        // The server reads its limits from system properties, once, when its first instance is made.
        limit("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
        limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        limit("sun.net.httpserver.maxRspTime", RESPONSE_SECONDS);
        limit("sun.net.httpserver.maxReqHeaders", MOST_HEADERS);
        limit("sun.net.httpserver.maxReqHeaderSize", 16 * 1024);
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            // Without it an answer waits up to 40 ms for the client's delayed acknowledgement.
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Routes routes;
    private final AccessToken token;
    private final HostCheck hosts;
    private final EndpointTls tls;

    /**
     * Binds and starts to answer.
     *
     * @param tls how HTTPS is served; {@code null} for plain HTTP
     */
    HttpApi(InetSocketAddress address, Routes routes, AccessToken token, HostCheck hosts, EndpointTls tls) throws IOException {
        this.routes = routes;
        this.token = token;
        this.hosts = hosts;
        this.tls = tls;
        server = tls == null ? HttpServer.create(address, MOST_CONNECTIONS) : https(address, tls);
        AtomicInteger number = new AtomicInteger();
        // The queue has room for every connection there can be, so no request is ever rejected by the pool.
        // A TLS handshake holds its thread: as many as there may be connections, so that silent clients keep nobody out.
        int most = tls == null ? THREADS : MOST_CONNECTIONS;
        threads = new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(2 * MOST_CONNECTIONS), task -> {
            Thread thread = new Thread(task, "twinwall-management-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private static HttpServer https(InetSocketAddress address, EndpointTls tls) throws IOException {
        HttpsServer server = HttpsServer.create(address, MOST_CONNECTIONS);
        server.setHttpsConfigurator(tls.configurator());
        return server;
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        InetAddress address = server.getAddress().getAddress();
        String host = address.getHostAddress();
        return (tls == null ? "http://" : "https://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "A request to " + exchange.getRequestURI().getRawPath() + " failed: " + e + at(e)
                    + ". The API goes on.");
                answer = Answer.error(500, "The request failed inside the firewall.", "The firewall's log says why.");
            }
            send(exchange, answer);
        } catch (IOException expected) {
            // the client has gone: nobody is left to tell
        }
    }

    private static String at(RuntimeException e) {
        return e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        List<String> host = exchange.getRequestHeaders().get("Host");
        Answer refusal = hosts.refusal(host == null || host.size() != 1 ? null : host.get(0));
        if (refusal != null) {
            return refusal;
        }
        Answer distrust = tls == null ? null : tls.refusal(exchange);
        if (distrust != null) {
            return distrust;
        }
        URI uri = exchange.getRequestURI();
        return routes.answer(new Request(exchange.getRequestMethod(), uri.getRawPath() == null ? "" : uri.getRawPath(), uri.getRawQuery(),
            exchange.getRequestHeaders().getFirst("Authorization"), exchange.getRequestBody()), token);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(headers::set);
        if ("HEAD".equals(exchange.getRequestMethod())) {
            headers.set("Content-Length", Integer.toString(answer.body().length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    /** Stops at once: the port is free when this returns. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
