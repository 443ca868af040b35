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

import twinwall.firewall.Nat64Binding;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** IPv6 clients and an IPv4 server: both ends keep the addresses they know, and who knows a client's public endpoint still reaches it. */
public final class Nat64Scenario implements Scenario {

    private static final int CLIENTS = 10;
    /** 198.51.100.64 under the prefix. */
    private static final String SERVER = "2001:db8:64::c633:6440";
    private static final String STRANGER = "198.51.100.65";

    private final List<Conversation> conversations = new ArrayList<>();
    private final Conversations varied = new Conversations();

    @Override
    public String type() {
        return "nat64";
    }

    @Override
    public Class<Nat64Binding> entry() {
        return Nat64Binding.class;
    }

    @Override
    public String proof() {
        return "IPv6 and IPv4 go on with the same binding; strangers still reach it";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("nat64_prefix", "2001:db8:64::/96", "nat64_pool", "203.0.113.64");
    }

    private static String client(int number) {
        return "2001:db8:65::" + (10 + number);
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            conversations.add(Conversation.open(a, client(i), 44_000, SERVER, 443));
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            Conversation each = conversations.get(i);
            tries.expect(each.downArrives(b), "data from the server of " + each + " arrives as IPv6");
            tries.expect(each.upArrives(b), "data from the client of " + each + " arrives as IPv4 from " + each.seenClient());
            Passage syn = b.send(Firewall.OUTSIDE, Packets.tcp(STRANGER, 50_000 + i, each.seenClient(), each.seenClientPort(), Packets.SYN,
                    1, 0, new byte[0]));
            tries.expect(syn.forwarded() && Packets.destination(syn.frame()).equals(Packets.normal(client(i)))
                    && Packets.destinationPort(syn.frame()) == 44_000, "a stranger reaches " + client(i) + " by " + each.seenClient());
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        varied.add(active, Conversation.open(active, client(100 + random.nextInt(100)), 1024 + random.nextInt(42_000), SERVER, 443));
    }
}
