/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.Random;

import twinwall.firewall.BlacklistEntry;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Hosts that somebody has blocked by hand, for ten minutes or until they are let in again. */
public final class BlacklistScenario implements Scenario {

    private static final int HOSTS = 10;
    private static final String SERVER = "198.51.100.50";

    @Override
    public String type() {
        return "blacklist";
    }

    @Override
    public Class<BlacklistEntry> entry() {
        return BlacklistEntry.class;
    }

    @Override
    public String proof() {
        return "who was blocked by hand still is, for the rest of the time";
    }

    private static String host(int number) {
        return number % 2 == 0 ? "10.50.0." + (10 + number) : "2001:db8:50::" + (10 + number);
    }

    private static boolean blocked(Firewall firewall, int number) throws IOException {
        String server = number % 2 == 0 ? SERVER : "2001:db8:99::50";
        return firewall.send(Firewall.INSIDE, Packets.udp(host(number), 50_000, server, 53, new byte[4])).reason().equals("blacklisted");
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < HOSTS; i++) {
            if (i % 3 == 0) {
                a.command(type(), "add", "address", host(i), "reason", "demo");
            } else {
                a.command(type(), "add", "address", host(i), "reason", "demo", "timeout_s", "600");
            }
            if (!blocked(a, i)) {
                throw new IllegalStateException(host(i) + " is on the blacklist and not blocked");
            }
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = 0; i < HOSTS; i++) {
            tries.expect(blocked(b, i), host(i) + " is blocked");
        }
        tries.expect(!blocked(b, HOSTS), host(HOSTS) + ", which nobody has blocked, is not");
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        int number = 50 + random.nextInt(100);
        if (random.nextBoolean()) {
            active.command(type(), "add", "address", host(number), "reason", "load " + random.nextInt(10), "timeout_s",
                    Integer.toString(30 + random.nextInt(600)));
        } else {
            active.command(type(), "remove", "address", host(number));
        }
    }
}
