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

import twinwall.firewall.DsLiteBinding;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Homes behind tunnels, in all of which there is the same private address and port. */
public final class DsLiteScenario implements Scenario {

    private static final int HOMES = 10;
    private static final String CLIENT = "192.168.1.10";
    private static final int CLIENT_PORT = 45_000;
    private static final String SERVER = "198.51.100.66";
    private static final int SERVER_PORT = 53;

    private final List<String> addresses = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    @Override
    public String type() {
        return "ds-lite";
    }

    @Override
    public Class<DsLiteBinding> entry() {
        return DsLiteBinding.class;
    }

    @Override
    public String proof() {
        return "out of and into the same tunnel, with the same public endpoint";
    }

    @Override
    public Map<String, String> settings() {
        return settingsOfTunnels();
    }

    /** What everything with tunnels needs. */
    static Map<String, String> settingsOfTunnels() {
        return Map.of("dslite_aftr", Softwire.AFTR, "dslite_pool", "203.0.113.66");
    }

    private static Softwire home(int number) {
        return new Softwire("2001:db8:66::" + (10 + number));
    }

    private static byte[] up() {
        return Packets.udp(CLIENT, CLIENT_PORT, SERVER, SERVER_PORT, new byte[] {1, 2, 3});
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < HOMES; i++) {
            home(i).send(a, up());
            Passage second = home(i).send(a, up());
            if (!second.forwarded()) {
                throw new IOException("a packet of home " + i + " was dropped: " + second.reason());
            }
            addresses.add(Packets.source(second.frame()));
            ports.add(Packets.sourcePort(second.frame()));
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = 0; i < HOMES; i++) {
            byte[] answer = Packets.udp(SERVER, SERVER_PORT, addresses.get(i), ports.get(i), new byte[] {4, 5});
            byte[] inner = home(i).received(b.send(Firewall.OUTSIDE, answer));
            tries.expect(inner != null && Packets.destination(inner).equals(CLIENT) && Packets.destinationPort(inner) == CLIENT_PORT,
                    "an answer goes into the tunnel of home " + i);
            Passage out = home(i).send(b, up());
            tries.expect(out.forwarded() && Packets.source(out.frame()).equals(addresses.get(i))
                    && Packets.sourcePort(out.frame()) == ports.get(i), "home " + i + " still appears as " + addresses.get(i) + " port "
                    + ports.get(i));
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        Softwire home = home(100 + random.nextInt(50));
        byte[] packet = Packets.udp(CLIENT, 1024 + random.nextInt(1000), SERVER, SERVER_PORT, new byte[] {1, 2, 3});
        home.send(active, packet);
        Passage second = home.send(active, packet);
        if (!second.forwarded()) {
            throw new IllegalStateException("a packet was dropped: " + second.reason());
        }
    }
}
