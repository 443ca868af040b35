/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.Map;
import java.util.Random;

import twinwall.firewall.CarPlace;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** A public address that four private ones may share. Their first packets are not backed up as sessions; their places are. */
public final class CarNatScenario implements Scenario {

    private static final int PLACES = 4;
    private static final String SERVER = "198.51.100.34";

    @Override
    public String type() {
        return "car-nat";
    }

    @Override
    public Class<CarPlace> entry() {
        return CarPlace.class;
    }

    @Override
    public String proof() {
        return "the same private addresses share a public one, and no more";
    }

    @Override
    public String pair() {
        return "shared-addresses";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("napt_pool", "203.0.113.34", "car_nat_limit", Integer.toString(PLACES));
    }

    private static boolean passes(Firewall firewall, int client, int port) throws IOException {
        return firewall.send(Firewall.INSIDE, Packets.udp("10.34.0." + client, port, SERVER, 53, new byte[4])).forwarded();
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 1; i <= PLACES; i++) {
            if (!passes(a, i, 46_000)) {
                throw new IllegalStateException("the packet of client " + i + " was dropped");
            }
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        tries.expect(!passes(b, 99, 46_001), "a fifth private address is refused");
        for (int i = 1; i <= PLACES; i++) {
            tries.expect(passes(b, i, 46_001), "10.34.0." + i + " still has its place");
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        if (!passes(active, 100 + random.nextInt(150), 1024 + random.nextInt(40_000))) {
            throw new IllegalStateException("a packet was dropped");
        }
    }
}
