/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import twinwall.run.node.PairFolder;

/** Both firewalls on loopback, with two heartbeat links that pass through this program. */
public final class LoopbackWiring implements Wiring {

    private static final String LOOPBACK = "127.0.0.1";

    private final int[] ports = new int[2];
    private final List<Relay> wires;

    /** Begins to relay. */
    public LoopbackWiring() throws IOException {
        // B must be told its ports beforehand, so they are chosen here; both are held until both are known.
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ports[0] = first.getLocalPort();
            ports[1] = second.getLocalPort();
        }
        wires = List.of(new Relay("a", ports[0]), new Relay("b", ports[1]));
    }

    @Override
    public String name() {
        return "loopback, links through a relay";
    }

    @Override
    public String noDelay() {
        return null;
    }

    @Override
    public boolean losesPackets() {
        return false;
    }

    @Override
    public void tell(End end, PairFolder.Side side) throws IOException {
        for (int i = 0; i < wires.size(); i++) {
            Relay wire = wires.get(i);
            new LinkFile(wire.link(), i, LOOPBACK, end == End.A ? 0 : ports[i], LOOPBACK, end == End.A ? wire.port() : 1).write(side);
        }
    }

    @Override
    public List<String> by(End end) {
        return List.of();
    }

    @Override
    public String host(End end) {
        return LOOPBACK;
    }

    @Override
    public List<Wire> wires() {
        return List.copyOf(wires);
    }

    @Override
    public void close() throws IOException {
        for (Relay wire : wires) {
            wire.close();
        }
    }
}
