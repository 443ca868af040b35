/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.tables.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import twinwall.firewall.Ipv4Session;
import twinwall.run.demo.tables.Firewall;
import twinwall.run.demo.tables.Scenario;
import twinwall.run.demo.tables.Tries;

/** Connections of clients with public addresses: nothing but the session table lets their packets pass. */
public final class Ipv4SessionScenario implements Scenario {

    private static final int CONNECTIONS = 20;

    private final List<Conversation> conversations = new ArrayList<>();

    @Override
    public String type() {
        return "ipv4-session";
    }

    @Override
    public Class<Ipv4Session> entry() {
        return Ipv4Session.class;
    }

    @Override
    public String proof() {
        return "the next packet of each connection passes, both ways";
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            conversations.add(Conversation.open(a, "192.0.2." + (10 + i), 40_000 + i, "198.51.100.10", 443));
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (Conversation each : conversations) {
            tries.expect(each.downArrives(b), "data from the server of " + each + " passes");
            tries.expect(each.upArrives(b), "data from the client of " + each + " passes");
        }
    }
}
