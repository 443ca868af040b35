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

import twinwall.firewall.SlbBinding;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/**
 * Clients outside of a virtual server with two real ones. A connection keeps its real server by its own entry; what only the binding does
 * is to lead the client's next connection to the same one. Clients come back in the reverse order, so that taking turns anew on FW_B would
 * give each the other server.
 */
public final class L4SlbScenario implements Scenario {

    private static final int CLIENTS = 10;
    private static final String VIRTUAL = "192.0.2.80";

    private final List<Conversation> conversations = new ArrayList<>();
    private final Conversations varied = new Conversations();

    @Override
    public String type() {
        return "l4-slb";
    }

    @Override
    public Class<SlbBinding> entry() {
        return SlbBinding.class;
    }

    @Override
    public String proof() {
        return "connections keep their real server, and so do clients";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("slb_servers", "demo tcp " + VIRTUAL + ":80 -> 10.53.0.10:8080, 10.53.0.11:8080");
    }

    @Override
    public List<String> rules() {
        return List.of("allow outside->inside tcp " + VIRTUAL + " port 80");
    }

    private static String client(int number) {
        return "198.51.100." + (150 + number);
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            conversations.add(Conversation.open(a, Firewall.OUTSIDE, client(i), 43_000, VIRTUAL, 80));
        }
        if (conversations.stream().map(Conversation::realServer).distinct().count() != 2) {
            throw new IllegalStateException("the clients do not share both real servers");
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = CLIENTS - 1; i >= 0; i--) {
            Conversation each = conversations.get(i);
            tries.expect(each.upArrives(b), "data of " + each + " arrives at " + each.realServer());
            Passage next = b.send(Firewall.OUTSIDE, Packets.tcp(client(i), 43_001, VIRTUAL, 80, Packets.SYN, 1, 0, new byte[0]));
            tries.expect(next.forwarded() && Packets.destination(next.frame()).equals(each.realServer()), "the next connection of "
                    + client(i) + " goes to " + each.realServer() + " too");
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        varied.add(active, Conversation.open(active, Firewall.OUTSIDE, client(20 + random.nextInt(80)), 1024 + random.nextInt(40_000),
                VIRTUAL, 80));
    }
}
