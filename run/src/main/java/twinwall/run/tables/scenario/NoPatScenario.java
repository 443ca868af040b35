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

import twinwall.firewall.NoPatMapping;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Hosts with a public address of their own that send GRE, which has no ports. */
public final class NoPatScenario implements Scenario {

    private static final int HOSTS = 6;
    private static final int GRE = 47;
    private static final String REMOTE = "198.51.100.34";

    private final List<String> addresses = new ArrayList<>();

    @Override
    public String type() {
        return "nat-no-pat";
    }

    @Override
    public Class<NoPatMapping> entry() {
        return NoPatMapping.class;
    }

    @Override
    public String proof() {
        return "each host keeps its public address, for every protocol, both ways";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("nopat_pool", "203.0.113.40/29", "nopat_sources", "10.34.0.0/24");
    }

    @Override
    public List<String> rules() {
        return List.of("allow outside->inside " + GRE + " from 198.51.100.35");
    }

    private static String host(int number) {
        return "10.34.0." + (10 + number);
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < HOSTS; i++) {
            Passage out = a.send(Firewall.INSIDE, Packets.ip(GRE, host(i), REMOTE, new byte[24]));
            if (!out.forwarded()) {
                throw new IOException("GRE of " + host(i) + " was dropped: " + out.reason());
            }
            addresses.add(Packets.source(out.frame()));
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = 0; i < HOSTS; i++) {
            Passage in = b.send(Firewall.OUTSIDE, Packets.ip(GRE, "198.51.100.35", addresses.get(i), new byte[24]));
            tries.expect(in.forwarded() && Packets.destination(in.frame()).equals(host(i)), "GRE to " + addresses.get(i) + " reaches "
                    + host(i));
            Passage out = b.send(Firewall.INSIDE, Packets.ip(GRE, host(i), REMOTE, new byte[24]));
            tries.expect(out.forwarded() && Packets.source(out.frame()).equals(addresses.get(i)), "GRE of " + host(i) + " leaves as "
                    + addresses.get(i));
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        Passage out = active.send(Firewall.INSIDE, Packets.ip(GRE, host(50 + random.nextInt(50)), REMOTE, new byte[24]));
        if (!out.forwarded()) {
            throw new IllegalStateException("GRE was dropped: " + out.reason());
        }
    }
}
