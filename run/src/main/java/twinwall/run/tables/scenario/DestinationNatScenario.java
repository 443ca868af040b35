/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import twinwall.firewall.DestinationBinding;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Clients outside whose packets to one public address are spread over a pool inside; each keeps its own. */
public final class DestinationNatScenario implements Scenario {

    private static final int CLIENTS = 4;
    private static final String GLOBAL = "203.0.113.90";

    private final List<Conversation> conversations = new ArrayList<>();
    private final Conversations varied = new Conversations();

    @Override
    public String type() {
        return "destination-nat";
    }

    @Override
    public Class<DestinationBinding> entry() {
        return DestinationBinding.class;
    }

    @Override
    public String proof() {
        return "each client goes on to the same address inside, also with new connections";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("destination_nat", "tcp " + GLOBAL + " port 443 -> 10.33.0.10-10.33.0.13 port 8443 ttl 300");
    }

    @Override
    public List<String> rules() {
        return List.of("allow outside->inside tcp " + GLOBAL + " port 443");
    }

    private static String client(int number) {
        return "192.0.2." + (33 + number);
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            conversations.add(Conversation.open(a, Firewall.OUTSIDE, client(i), 45_000, GLOBAL, 443));
        }
    }

    /** The other way round, so that whoever counts anew sends them elsewhere. */
    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = CLIENTS - 1; i >= 0; i--) {
            Conversation before = conversations.get(i);
            tries.expect(before.upArrives(b), "data from " + client(i) + " reaches " + before.realServer());
            Conversation another = Conversation.open(b, Firewall.OUTSIDE, client(i), 45_001, GLOBAL, 443);
            tries.expect(another.realServer().equals(before.realServer()),
                    "a new connection of " + client(i) + " reaches " + before.realServer() + " too");
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        varied.add(active, Conversation.open(active, Firewall.OUTSIDE, client(100 + random.nextInt(100)), 1024 + random.nextInt(40_000),
                GLOBAL, 443));
    }
}
