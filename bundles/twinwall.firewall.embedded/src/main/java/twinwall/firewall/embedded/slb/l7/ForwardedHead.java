/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

/**
 * The head of a request as a real server gets it (RFC 9110, section 7.6): without what is meant for one connection only, and with who asks.
 * {@code Host} stays as the client wrote it.
 */
final class ForwardedHead {

    private static final Set<String> ONE_HOP = Set.of("connection", "keep-alive", "proxy-connection", "proxy-authenticate",
            "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade");
    private static final Set<String> WRITTEN_ANEW = Set.of("expect", "content-length", "cookie", "x-forwarded-for", "x-forwarded-proto",
            "via");

    private ForwardedHead() {
    }

    /** Whether a header is meant for one connection only; {@code named}: those that {@code Connection} names, in lower case. */
    static boolean oneHop(String header, Set<String> named) {
        String name = header.toLowerCase(Locale.ROOT);
        return ONE_HOP.contains(name) || named.contains(name) && !name.equals("content-length");
    }

    /** What {@code Connection} names, in lower case. */
    static Set<String> named(List<String> connection) {
        Set<String> named = new TreeSet<>();
        if (connection != null) {
            for (String value : connection) {
                for (String option : value.split(",")) {
                    named.add(option.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return named;
    }

    /**
     * The head, without its last empty line.
     *
     * @param cookies those for the real server
     * @param length of the body; -1: chunked; 0: there is none
     */
    static String of(HttpExchange exchange, String cookies, long length, boolean confidential) {
        Headers given = exchange.getRequestHeaders();
        Set<String> named = named(given.get("Connection"));
        StringBuilder head = new StringBuilder(exchange.getRequestMethod()).append(' ').append(target(exchange)).append(" HTTP/1.1\r\n");
        for (Map.Entry<String, List<String>> each : given.entrySet()) {
            if (!oneHop(each.getKey(), named) && !WRITTEN_ANEW.contains(each.getKey().toLowerCase(Locale.ROOT))) {
                each.getValue().forEach(value -> line(head, each.getKey(), value));
            }
        }
        if (!cookies.isEmpty()) {
            line(head, "Cookie", cookies);
        }
        String client = exchange.getRemoteAddress().getAddress().getHostAddress();
        List<String> before = given.get("X-Forwarded-For");
        line(head, "X-Forwarded-For", (before == null ? "" : String.join(", ", before) + ", ") + client);
        line(head, "X-Forwarded-Proto", confidential ? "https" : "http");
        List<String> via = given.get("Via");
        line(head, "Via", (via == null ? "" : String.join(", ", via) + ", ") + "1.1 twinwall");
        line(head, "Connection", "close");
        if (length < 0) {
            line(head, "Transfer-Encoding", "chunked");
        } else if (length > 0 || given.containsKey("Content-Length")) {
            line(head, "Content-Length", Long.toString(length));
        }
        return head.toString();
    }

    private static String target(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /** Whether a header's value would split the head for the real server. */
    static boolean unclean(Headers headers) {
        return headers.values().stream().flatMap(List::stream).anyMatch(value -> value != null
                && value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f || c > 0xff));
    }
}
