/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import twinwall.firewall.ClientTrust;
import twinwall.firewall.Endpoint4;
import twinwall.firewall.embedded.slb.RealServer;
import twinwall.firewall.embedded.slb.ServerGroup;

/**
 * A virtual server for HTTP or TLS: where the firewall itself listens, and the real servers behind it.
 * <pre>
 * slb_http = server { ";" server }
 * server   = name ("http" | "https" | "tls") address ":" port ["certificate" name] ["clients" name] "-&gt;" real { "," real }
 * real     = address ":" port ["weight" number]
 * </pre>
 *
 * @param mode what it speaks
 * @param listen IPv4 address of this machine, {@code 0.0.0.0} for all; port 0 takes a free one
 * @param certificate with {@code https}: name in the table {@code pki-certificate}
 * @param clients with {@code https}: which client certificates are needed
 * @param group its real servers; its name is the virtual server's. Guarded by the firewall's lock
 */
public record HttpVirtualServer(Mode mode, Endpoint4 listen, String certificate, ClientTrust clients, ServerGroup group) {

    /** Virtual servers at most. */
    public static final int MOST = 64;

    private static final int FIXED_WORDS = 3;

    /** What a virtual server speaks. */
    public enum Mode {
        /** HTTP in plain text; clients are recognised by a cookie. */
        HTTP,
        /** HTTP over TLS that ends here; clients are recognised by a cookie. */
        HTTPS,
        /** TLS that the real server ends; clients are recognised by the session identifier. */
        TLS
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException when it cannot; the message says what it must be
     */
    public static List<HttpVirtualServer> list(String text) {
        List<HttpVirtualServer> all = new ArrayList<>();
        for (String one : text.split(";")) {
            if (!one.isBlank()) {
                HttpVirtualServer server = parse(one.trim());
                if (all.stream().anyMatch(other -> other.name().equals(server.name()) || other.listen.equals(server.listen)
                        && server.listen.port() != 0)) {
                    throw new IllegalArgumentException("made of servers whose names and addresses differ, unlike " + server.name());
                }
                all.add(server);
            }
        }
        if (all.size() > MOST) {
            throw new IllegalArgumentException("made of at most " + MOST + " servers");
        }
        return List.copyOf(all);
    }

    private static HttpVirtualServer parse(String text) {
        int arrow = text.indexOf("->");
        String[] words = text.substring(0, Math.max(0, arrow)).trim().split("\\s+");
        if (words.length < FIXED_WORDS || !words[0].matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("made of servers such as 'web http 0.0.0.0:80 -> 10.0.0.10:8080 weight 3, 10.0.0.11:8080',"
                    + " unlike '" + text + "'");
        }
        Mode mode = mode(words[1]);
        String certificate = "";
        String clients = "";
        for (int i = FIXED_WORDS; i + 1 < words.length; i += 2) {
            switch (words[i]) {
                case "certificate" -> certificate = words[i + 1];
                case "clients" -> clients = words[i + 1];
                default -> throw new IllegalArgumentException("made of servers with certificate and clients, unlike " + words[i]);
            }
        }
        if (words.length % 2 == 0 || certificate.isEmpty() == (mode == Mode.HTTPS) || !clients.isEmpty() && mode != Mode.HTTPS) {
            throw new IllegalArgumentException("made of servers that have a certificate when, and only when, they are https, unlike '"
                    + text + "'");
        }
        ServerGroup group = new ServerGroup(words[0]);
        for (String real : text.substring(arrow + 2).split(",", -1)) {
            group.add(RealServer.parse(real));
        }
        return new HttpVirtualServer(mode, RealServer.endpoint(words[2]), certificate,
                clients.isEmpty() ? ClientTrust.NOBODY_ASKED : new ClientTrust(clients, true, true), group);
    }

    private static Mode mode(String word) {
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("made of servers that are http, https or tls, unlike " + word);
    }

    /** Its name. */
    public String name() {
        return group.name();
    }

    /** Where to listen. */
    public InetSocketAddress socketAddress() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(listen.address().bits()).array()),
                    listen.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 octets are an address", e);
        }
    }
}
