/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;

import twinwall.firewall.MacEntry;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Stations behind ports of the switch inside that somebody has named. Another station has been learned and stays on FW_A. */
public final class StaticMacScenario implements Scenario {

    private static final int STATIONS = 5;
    private static final int PORTS = 4;
    private static final long FIRST = 0x00005e005320L;
    private static final long OTHER = 0x00005e005310L;

    @Override
    public String type() {
        return "static-mac";
    }

    @Override
    public Class<MacEntry> entry() {
        return MacEntry.class;
    }

    @Override
    public String proof() {
        return "frames leave by the static port, not by all; nobody else has the address";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("switch_ports", Integer.toString(PORTS));
    }

    @Override
    public String pair() {
        return "switch";
    }

    private static String text(long address) {
        StringBuilder text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(String.format(shift == 40 ? "%02x" : ":%02x", address >>> shift & 0xff));
        }
        return text.toString();
    }

    /** Ports are 0, 2, 3 and 4. */
    private static int port(int station) {
        return 2 + station % (PORTS - 1);
    }

    private static byte[] frame(long from, long to) {
        byte[] frame = Packets.udp("10.52.0.1", 1, "10.52.0.2", 2, new byte[4]);
        ByteBuffer.wrap(frame).putShort((short) (to >>> 32)).putInt((int) to).putShort((short) (from >>> 32)).putInt((int) from);
        return frame;
    }

    private static boolean leavesByItsPort(Firewall firewall, int station) throws IOException {
        return firewall.send(Firewall.INSIDE, frame(OTHER, FIRST + station)).egress() == port(station);
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < STATIONS; i++) {
            a.command("mac", "add", "mac", text(FIRST + i), "interface", Integer.toString(port(i)));
            if (!leavesByItsPort(a, i)) {
                throw new IllegalStateException("a frame to " + text(FIRST + i) + " does not leave by port " + port(i));
            }
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = 0; i < STATIONS; i++) {
            tries.expect(leavesByItsPort(b, i), "a frame to " + text(FIRST + i) + " leaves by port " + port(i) + " alone");
            tries.expect(b.send(Firewall.INSIDE, frame(FIRST + i, OTHER + 1)).reason().equals("bad-source-mac"), "a frame from "
                    + text(FIRST + i) + " by another port is dropped");
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        int station = 100 + random.nextInt(100);
        if (random.nextBoolean()) {
            active.command("mac", "add", "mac", text(FIRST + station), "interface", Integer.toString(port(random.nextInt(PORTS - 1))));
        } else {
            active.command("mac", "remove", "mac", text(FIRST + station));
        }
    }
}
