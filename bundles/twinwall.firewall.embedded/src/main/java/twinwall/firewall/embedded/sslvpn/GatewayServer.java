/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

/**
 * The JDK's HTTPS server with limits: TLS 1.2 or later, {@value #MOST_CONNECTIONS} connections, {@value #THREADS} requests at once, a
 * request with its handshake within {@value #REQUEST_SECONDS} s, bodies by {@link GatewayPages#mostBytes}. The JDK has one set of limits
 * for all HTTP servers of a process; what another server or a system property has set stays.
 */
final class GatewayServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");
    private static final int MOST_CONNECTIONS = 64;
    private static final int THREADS = 16;
    private static final int REQUEST_SECONDS = 10;
    private static final int ANSWER_SECONDS = 660;
    private static final int MOST_HEADERS = 64;
    private static final int MOST_HEADER_BYTES = 16 * 1024;
    private static final int IDLE_SECONDS = 30;

    private final HttpsServer server;
    private final ThreadPoolExecutor threads;
    private final GatewayPages pages;

    /** Opens the port. */
    GatewayServer(InetSocketAddress address, SSLContext keys, GatewayPages pages) throws IOException {
        limit("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
        limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        limit("sun.net.httpserver.maxRspTime", ANSWER_SECONDS);
        limit("sun.net.httpserver.maxReqHeaders", MOST_HEADERS);
        limit("sun.net.httpserver.maxReqHeaderSize", MOST_HEADER_BYTES);
        this.pages = pages;
        server = HttpsServer.create(address, MOST_CONNECTIONS);
        server.setHttpsConfigurator(new HttpsConfigurator(keys) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters chosen = keys.getDefaultSSLParameters();
                chosen.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                parameters.setSSLParameters(chosen);
            }
        });
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(2 * MOST_CONNECTIONS), task -> {
                    Thread thread = new Thread(task, "twinwall.firewall.embedded-sslvpn-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    /** The port in use. */
    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            send(exchange, answer(exchange));
        } catch (IOException expected) {
            // The client has gone.
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        int most = GatewayPages.mostBytes(path);
        byte[] body = exchange.getRequestBody().readNBytes(most + 1);
        if (body.length > most) {
            return Reply.error(413, "The request's body is longer than " + most + " bytes.", "Send less.").with("Connection", "close");
        }
        try {
            return pages.answer(new Request(exchange.getRequestMethod(), path, exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders().getFirst("Authorization"), exchange.getRemoteAddress().getAddress(), body));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A request to the SSL VPN gateway failed: " + e + ". The gateway goes on.");
            LOG.log(Level.DEBUG, "The request's failure", e);
            return Reply.error(500, "The request failed inside the firewall.", "The firewall's log says why.");
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", reply.contentType());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Strict-Transport-Security", "max-age=31536000");
        reply.headers().forEach(headers::set);
        boolean bodiless = "HEAD".equals(exchange.getRequestMethod()) || reply.body().length == 0;
        exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
        if (!bodiless) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    /** Stops at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
