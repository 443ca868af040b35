/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.Random;

import twinwall.firewall.WhitelistEntry;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** A host is blocked, but for what it sends to servers on the whitelist. */
public final class WhitelistScenario implements Scenario {

    private static final int SERVERS = 5;
    private static final String BLOCKED = "10.51.0.10";

    @Override
    public String type() {
        return "whitelist";
    }

    @Override
    public Class<WhitelistEntry> entry() {
        return WhitelistEntry.class;
    }

    @Override
    public String proof() {
        return "a blocked host still reaches the servers it may reach";
    }

    private static String server(int number) {
        return "198.51.100." + (60 + number);
    }

    private static String reason(Firewall firewall, int number) throws IOException {
        return firewall.send(Firewall.INSIDE, Packets.udp(BLOCKED, 51_000, server(number), 53, new byte[4])).reason();
    }

    @Override
    public void fill(Firewall a) throws IOException {
        a.command("blacklist", "add", "address", BLOCKED, "reason", "demo");
        for (int i = 0; i < SERVERS; i++) {
            a.command(type(), "add", "address", server(i), "direction", "destination", "protocol", "udp", "port", "53", "timeout_s", "600");
            if (!reason(a, i).isEmpty()) {
                throw new IllegalStateException(server(i) + " is on the whitelist, and a packet to it was dropped: " + reason(a, i));
            }
        }
    }

    /** The host is blocked here anew, so that nothing but the whitelist lets it through, whatever became of the blacklist. */
    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        b.command("blacklist", "add", "address", BLOCKED, "reason", "demo");
        for (int i = 0; i < SERVERS; i++) {
            tries.expect(reason(b, i).isEmpty(), "the blocked host reaches " + server(i));
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        String server = server(100 + random.nextInt(50));
        if (random.nextBoolean()) {
            active.command(type(), "add", "address", server, "direction", "destination", "protocol", "udp", "port", "53", "timeout_s",
                    Integer.toString(30 + random.nextInt(600)));
        } else {
            active.command(type(), "remove", "address", server, "direction", "destination", "protocol", "udp", "port", "53");
        }
    }
}
