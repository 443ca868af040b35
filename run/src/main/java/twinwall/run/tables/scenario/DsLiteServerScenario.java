/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.Map;
import java.util.Random;

import twinwall.firewall.DsLiteServer;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Servers in homes behind tunnels, which everybody reaches under a public address and port. */
public final class DsLiteServerScenario implements Scenario {

    private static final int SERVERS = 5;
    private static final String INSIDE = "192.168.1.20";
    private static final String OUTSIDE = "203.0.113.66";
    private static final String CLIENT = "198.51.100.67";

    @Override
    public String type() {
        return "ds-lite-server";
    }

    @Override
    public Class<DsLiteServer> entry() {
        return DsLiteServer.class;
    }

    @Override
    public String proof() {
        return "new clients reach each server through its tunnel, and hear from it";
    }

    @Override
    public Map<String, String> settings() {
        return DsLiteScenario.settingsOfTunnels();
    }

    private static String b4(int number) {
        return "2001:db8:67::" + (10 + number);
    }

    private static int port(int number) {
        return 8001 + number;
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < SERVERS; i++) {
            a.command("ds-lite-server", "add", "b4", b4(i), "protocol", "tcp", "inside", INSIDE, "inside_port", "80",
                    "outside", OUTSIDE, "outside_port", String.valueOf(port(i)));
            if (!reached(a, i, 46_000)) {
                throw new IOException("the server behind " + b4(i) + " is not reached");
            }
        }
    }

    private static boolean reached(Firewall firewall, int number, int clientPort) throws IOException {
        Softwire home = new Softwire(b4(number));
        byte[] inner = home.received(firewall.send(Firewall.OUTSIDE,
                Packets.tcp(CLIENT, clientPort, OUTSIDE, port(number), Packets.SYN, 1, 0, new byte[0])));
        return inner != null && Packets.destination(inner).equals(INSIDE) && Packets.destinationPort(inner) == 80;
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = 0; i < SERVERS; i++) {
            tries.expect(reached(b, i, 47_000), "a new client reaches the server behind " + b4(i));
            byte[] answer = Packets.tcp(INSIDE, 80, CLIENT, 47_000, Packets.SYN | Packets.ACK, 1, 2, new byte[0]);
            var out = new Softwire(b4(i)).send(b, answer);
            tries.expect(out.forwarded() && Packets.source(out.frame()).equals(OUTSIDE) && Packets.sourcePort(out.frame()) == port(i),
                    "the client hears from " + OUTSIDE + " port " + port(i));
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        int number = 100 + random.nextInt(50);
        if (random.nextBoolean()) {
            active.command("ds-lite-server", "add", "b4", b4(number), "protocol", "tcp", "inside", INSIDE, "inside_port", "80",
                    "outside", OUTSIDE, "outside_port", String.valueOf(port(number)));
            reached(active, number, 1024 + random.nextInt(40_000));
        } else {
            active.command("ds-lite-server", "remove", "b4", b4(number), "protocol", "tcp", "inside", INSIDE, "inside_port", "80");
        }
    }
}
