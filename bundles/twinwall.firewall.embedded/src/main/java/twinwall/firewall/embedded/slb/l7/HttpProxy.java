/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import twinwall.firewall.ServerTls;
import twinwall.firewall.SlbPersistence.Kind;
import twinwall.firewall.embedded.slb.RealServer;
import twinwall.firewall.embedded.slb.l7.HttpVirtualServer.Mode;

/**
 * Passes requests of one virtual server on to its real servers, a client's always to the same. Bodies stream both ways. What the client
 * cannot be told any more, because the response has begun, it is told by a connection that ends too early.
 */
final class HttpProxy implements HttpHandler {

    private static final int BUFFER = 16 * 1024;

    private final HttpBalancing balancing;
    private final HttpVirtualServer server;
    private final ServerTls tls;
    private final ScheduledExecutorService watchdog;
    private final ClientCookie cookie;

    HttpProxy(HttpBalancing balancing, HttpVirtualServer server, ServerTls tls, ScheduledExecutorService watchdog) {
        this.balancing = balancing;
        this.server = server;
        this.tls = tls;
        this.watchdog = watchdog;
        this.cookie = new ClientCookie(server.name(), server.mode() == Mode.HTTPS);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Refusal refusal = refusal(exchange);
        if (refusal != null) {
            refuse(exchange, refusal);
            return;
        }
        List<String> shown = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
        String id = cookie.value(shown);
        RealServer held = id == null ? null : balancing.held(server, Kind.COOKIE, ResponseHead.bytes(id));
        try (RealConnection real = RealConnection.toOneOf(balancing, server, held)) {
            if (real == null) {
                refuse(exchange, new Refusal(503, "No server is available."));
                return;
            }
            Future<?> limit = watchdog.schedule(real::close, balancing.settings().exchangeSeconds(), TimeUnit.SECONDS);
            try {
                pass(exchange, real, cookie.others(shown), held == null ? null : id);
            } finally {
                limit.cancel(false);
            }
        } catch (RealConnection.BodyTooLongException e) {
            refuse(exchange, new Refusal(413, "The request's body is too long."));
        } catch (SocketTimeoutException e) {
            refuse(exchange, new Refusal(504, "The server did not answer in time."));
        } catch (IOException e) {
            refuse(exchange, new Refusal(502, "The server cannot be reached, or answered with something that is not HTTP."));
        }
    }

    /** Why a request is not passed on. */
    private record Refusal(int status, String text) {
    }

    private Refusal refusal(HttpExchange exchange) {
        if (!balancing.open()) {
            return new Refusal(503, "This firewall is standby.");
        }
        if (exchange instanceof HttpsExchange https) {
            try {
                tls.check(https.getSSLSession(), server.clients());
            } catch (CertificateException e) {
                return new Refusal(403, "The client's certificate is not accepted any more.");
            }
        }
        Headers headers = exchange.getRequestHeaders();
        List<String> host = headers.get("Host");
        if (host == null ? "HTTP/1.1".equals(exchange.getProtocol()) : host.size() != 1) {
            return new Refusal(400, "There must be one Host header.");
        }
        if (ForwardedHead.unclean(headers) || length(headers) == Long.MIN_VALUE) {
            return new Refusal(400, "A header cannot be used.");
        }
        if (exchange.getRequestMethod().equals("CONNECT") || !exchange.getRequestMethod().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}")) {
            return new Refusal(501, "This method is not passed on.");
        }
        if (length(headers) > balancing.settings().maxBodyBytes()) {
            return new Refusal(413, "The request's body is too long.");
        }
        return null;
    }

    /** Of the body; -1: chunked; the least number: it cannot be understood. */
    private static long length(Headers headers) {
        if (headers.containsKey("Transfer-Encoding")) {
            return headers.containsKey("Content-Length") ? Long.MIN_VALUE : -1;
        }
        List<String> given = headers.get("Content-Length");
        if (given == null) {
            return 0;
        }
        return given.size() == 1 && given.get(0).matches("[0-9]{1,18}") ? Long.parseLong(given.get(0)) : Long.MIN_VALUE;
    }

    private void pass(HttpExchange exchange, RealConnection real, String cookies, String id) throws IOException {
        long length = length(exchange.getRequestHeaders());
        real.head(ForwardedHead.of(exchange, cookies, length, server.mode() == Mode.HTTPS));
        if (length != 0) {
            real.body(exchange.getRequestBody(), length, balancing.settings().maxBodyBytes());
        }
        ResponseHead head = real.response();
        FramedBody body = bodiless(exchange, head) ? null : real.body(head);
        Headers answer = exchange.getResponseHeaders();
        Set<String> named = ForwardedHead.named(head.value("Connection") == null ? null : List.of(head.value("Connection")));
        for (String[] header : head.headers()) {
            if (!ForwardedHead.oneHop(header[0], named) && (body == null || !header[0].equalsIgnoreCase("Content-Length"))) {
                answer.add(header[0], header[1]);
            }
        }
        recognise(answer, real.real(), id);
        answer(exchange, head, body);
    }

    private void recognise(Headers answer, RealServer real, String id) {
        String value = id == null ? ClientCookie.newValue() : id;
        if (balancing.bind(server, Kind.COOKIE, ResponseHead.bytes(value), real) && id == null) {
            answer.add("Set-Cookie", cookie.set(value));
        }
    }

    private static boolean bodiless(HttpExchange exchange, ResponseHead head) {
        return exchange.getRequestMethod().equals("HEAD") || head.status() == 204 || head.status() == 304;
    }

    private static void answer(HttpExchange exchange, ResponseHead head, FramedBody body) throws IOException {
        if (body == null || body.length() == 0) {
            exchange.sendResponseHeaders(head.status(), -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(head.status(), Math.max(0, body.length()));
        OutputStream out = exchange.getResponseBody();
        byte[] buffer = new byte[BUFFER];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            out.write(buffer, 0, count);
            out.flush();
        }
        out.close();
        exchange.close();
    }

    /** Answers instead of a real server; when an answer has begun, the connection is cut by the exception. */
    private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        if (exchange.getResponseCode() != -1) {
            throw new IOException(refusal.text());
        }
        byte[] text = (refusal.text() + "\n").getBytes(StandardCharsets.US_ASCII);
        Headers headers = exchange.getResponseHeaders();
        headers.clear();
        headers.set("Content-Type", "text/plain");
        headers.set("Connection", "close");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(refusal.status(), head ? -1 : text.length);
        if (!head) {
            exchange.getResponseBody().write(text);
        }
        if (length(exchange.getRequestHeaders()) != 0) {
            // Closing would wait for a body that nobody wants: the connection is cut instead.
            exchange.getResponseBody().flush();
            throw new IOException(refusal.text());
        }
        exchange.close();
    }
}
