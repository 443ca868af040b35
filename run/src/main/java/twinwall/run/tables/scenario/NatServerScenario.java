/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import twinwall.firewall.NatServer;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Servers inside that clients outside reach by a public address. */
public final class NatServerScenario implements Scenario {

    private static final int SERVERS = 5;
    private static final String GLOBAL = "203.0.113.80";
    private static final int REAL_PORT = 8443;

    private final List<Conversation> conversations = new ArrayList<>();
    private final Conversations varied = new Conversations();

    @Override
    public String type() {
        return "nat-server";
    }

    @Override
    public Class<NatServer> entry() {
        return NatServer.class;
    }

    @Override
    public String proof() {
        return "reached by the same public address, old connections and new ones";
    }

    @Override
    public List<String> rules() {
        return List.of("allow outside->inside tcp " + GLOBAL);
    }

    private static String server(int number) {
        return "10.32.0." + (10 + number);
    }

    private static int port(int number) {
        return 8000 + number;
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < SERVERS; i++) {
            a.command("nat-server", "add", "name", "web-" + i, "global", GLOBAL, "inside", server(i), "protocol", "tcp", "global_port",
                    Integer.toString(port(i)), "inside_port", Integer.toString(REAL_PORT));
            conversations.add(Conversation.open(a, Firewall.OUTSIDE, "192.0.2.32", 44_000, GLOBAL, port(i)));
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = 0; i < SERVERS; i++) {
            tries.expect(conversations.get(i).upArrives(b), "data from the client reaches " + server(i));
            tries.expect(conversations.get(i).downArrives(b), "data from " + server(i) + " reaches the client");
            Conversation another = Conversation.open(b, Firewall.OUTSIDE, "192.0.2.32", 44_001, GLOBAL, port(i));
            tries.expect(another.realServer().equals(server(i)) && another.realServerPort() == REAL_PORT,
                    "a new connection to " + GLOBAL + " port " + port(i) + " reaches " + server(i));
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        int number = 100 + random.nextInt(50);
        if (random.nextBoolean()) {
            active.command("nat-server", "add", "name", "web-" + number, "global", GLOBAL, "inside", server(number), "protocol", "tcp",
                    "global_port", Integer.toString(port(number)), "inside_port", Integer.toString(REAL_PORT + random.nextInt(3)));
            varied.add(active, Conversation.open(active, Firewall.OUTSIDE, "192.0.2.31", 1024 + random.nextInt(60_000), GLOBAL,
                    port(number)));
        } else {
            active.command("nat-server", "remove", "name", "web-" + number);
        }
    }
}
