/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import twinwall.firewall.StaticMapping;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** 256 private addresses that share four public ones by computation: 64 on each, with 1008 ports each. */
public final class StaticMappingScenario implements Scenario {

    private static final int CLIENTS = 8;
    private static final int PORTS_EACH = 1008;
    private static final String SERVER = "198.51.100.31";

    private final List<Conversation> conversations = new ArrayList<>();
    private final Conversations varied = new Conversations();

    @Override
    public String type() {
        return "static-mapping";
    }

    @Override
    public Class<StaticMapping> entry() {
        return StaticMapping.class;
    }

    @Override
    public String proof() {
        return "the same public address, and ports of the client's own";
    }

    /** Spread over the range: the host's number in it. */
    private static int host(int number) {
        return 5 + 32 * number;
    }

    private static String client(int number) {
        return "10.31.0." + host(number);
    }

    @Override
    public void fill(Firewall a) throws IOException {
        a.command("static-mapping", "add", "inside", "10.31.0.0/24", "outside", "203.0.113.200-203.0.113.203", "ports", "1024-65535");
        for (int i = 0; i < CLIENTS; i++) {
            conversations.add(Conversation.open(a, client(i), 43_000, SERVER, 443));
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            tries.expect(conversations.get(i).upArrives(b), "data from " + client(i) + " passes with the same translation");
            Conversation another = Conversation.open(b, client(i), 43_001, SERVER, 443);
            int first = 1024 + host(i) % 64 * PORTS_EACH;
            tries.expect(another.seenClient().equals("203.0.113." + (200 + host(i) / 64)) && another.seenClientPort() >= first
                    && another.seenClientPort() < first + PORTS_EACH, "a new connection of " + client(i) + " uses its own ports");
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        int number = random.nextInt(10);
        String inside = "10.31." + (1 + number) + ".0/24";
        if (random.nextBoolean()) {
            active.command(type(), "add", "inside", inside, "outside", "203.0.113." + (204 + number), "ports", "1024-65535");
            varied.add(active, Conversation.open(active, "10.31." + (1 + number) + ".7", 1024 + random.nextInt(60_000), SERVER, 443));
        } else {
            active.command(type(), "remove", "inside", inside);
        }
    }
}
