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

import twinwall.firewall.ThreeTupleBinding;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Hosts that learnt their public endpoint from a server; afterwards strangers reach them by it. */
public final class ThreeTupleScenario implements Scenario {

    private static final int HOSTS = 20;
    private static final int PORT = 45_000;
    private static final String POOL = "203.0.113.33";
    private static final String STRANGER = "198.51.100.133";

    private final List<Integer> publicPorts = new ArrayList<>();

    @Override
    public String type() {
        return "nat-3-tuple";
    }

    @Override
    public Class<ThreeTupleBinding> entry() {
        return ThreeTupleBinding.class;
    }

    @Override
    public String proof() {
        return "any outside host still reaches the inside one by its public endpoint";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("threetuple_pool", POOL, "threetuple_sources", "10.33.0.0/24");
    }

    private static String host(int number) {
        return "10.33.0." + (10 + number);
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < HOSTS; i++) {
            Passage query = a.send(Firewall.INSIDE, Packets.udp(host(i), PORT, "198.51.100.33", 3478, new byte[20]));
            if (!query.forwarded()) {
                throw new IOException("the query of " + host(i) + " was dropped: " + query.reason());
            }
            publicPorts.add(Packets.sourcePort(query.frame()));
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = 0; i < HOSTS; i++) {
            Passage call = b.send(Firewall.OUTSIDE, Packets.udp(STRANGER, 9, POOL, publicPorts.get(i), new byte[20]));
            tries.expect(call.forwarded() && Packets.destination(call.frame()).equals(host(i))
                    && Packets.destinationPort(call.frame()) == PORT, "a stranger's packet to port " + publicPorts.get(i)
                    + " reaches " + host(i));
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        Passage query = active.send(Firewall.INSIDE, Packets.udp(host(100 + random.nextInt(100)), 1024 + random.nextInt(1000),
                "198.51.100.33", 3478, new byte[20]));
        if (!query.forwarded()) {
            throw new IllegalStateException("a query was dropped: " + query.reason());
        }
    }
}
