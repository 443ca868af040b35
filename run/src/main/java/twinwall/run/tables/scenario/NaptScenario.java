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

import twinwall.firewall.NaptMapping;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/**
 * Clients that share a public address. A session brings its translation along; what only the mapping does is to keep the port taken: when
 * FW_B does not know that it is, it gives the same public port to another client towards the same server.
 */
public final class NaptScenario implements Scenario {

    private static final int CLIENTS = 20;
    private static final String SERVER = "198.51.100.20";

    private final List<Conversation> conversations = new ArrayList<>();
    private final Conversations varied = new Conversations();

    @Override
    public String type() {
        return "napt";
    }

    @Override
    public Class<NaptMapping> entry() {
        return NaptMapping.class;
    }

    @Override
    public String proof() {
        return "the same public address and port, both ways; new clients get others";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("napt_pool", "203.0.113.1");
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            conversations.add(Conversation.open(a, "10.20.0." + (10 + i), 41_000, SERVER, 443));
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (Conversation each : conversations) {
            tries.expect(each.downArrives(b), "data from the server of " + each + " arrives");
            tries.expect(each.upArrives(b), "data from the client of " + each + " leaves as " + each.seenClient() + " port "
                    + each.seenClientPort());
        }
        for (int i = 0; i < CLIENTS; i++) {
            Conversation another = Conversation.open(b, "10.20.1." + (10 + i), 41_000, SERVER, 443);
            tries.expect(conversations.stream().noneMatch(each -> each.seenClientPort() == another.seenClientPort()
                    && each.seenClient().equals(another.seenClient())), "the new client " + another + " gets a port of its own");
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        varied.add(active, Conversation.open(active, "10.20.2." + (1 + random.nextInt(200)), 1024 + random.nextInt(60_000), SERVER, 443));
    }
}
