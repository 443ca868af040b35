/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import twinwall.firewall.Ipv4Session;
import twinwall.firewall.Ipv6Session;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Connections of clients with addresses that are not translated: nothing but the session table lets their packets pass. */
public final class SessionScenario implements Scenario {

    private static final int CONNECTIONS = 20;

    private final String type;
    private final Class<? extends Record> entry;
    private final String clients;
    private final String server;
    private final List<Conversation> conversations = new ArrayList<>();
    private final Conversations varied = new Conversations();

    private SessionScenario(String type, Class<? extends Record> entry, String clients, String server) {
        this.type = type;
        this.entry = entry;
        this.clients = clients;
        this.server = server;
    }

    /** Connections over IPv4. */
    public static Scenario ipv4() {
        return new SessionScenario("ipv4-session", Ipv4Session.class, "192.0.2.", "198.51.100.10");
    }

    /** Connections over IPv6. */
    public static Scenario ipv6() {
        return new SessionScenario("ipv6-session", Ipv6Session.class, "2001:db8:1::", "2001:db8:2::10");
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Class<? extends Record> entry() {
        return entry;
    }

    @Override
    public String proof() {
        return "the next packet of each connection passes, both ways";
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            conversations.add(Conversation.open(a, clients + (10 + i), 40_000 + i, server, 443));
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (Conversation each : conversations) {
            tries.expect(each.downArrives(b), "data from the server of " + each + " passes");
            tries.expect(each.upArrives(b), "data from the client of " + each + " passes");
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        varied.add(active, Conversation.open(active, clients + (100 + random.nextInt(100)), 1024 + random.nextInt(38_000), server, 443));
    }
}
