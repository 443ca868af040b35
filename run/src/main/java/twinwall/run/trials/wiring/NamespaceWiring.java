/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import twinwall.run.node.PairFolder;

/** Each firewall in a network namespace, with an interface for packets and management and one for each of two heartbeat links. */
public final class NamespaceWiring implements Wiring {

    private static final int LINK_PORT = 7400;

    private final Map<End, Namespace> ends = new EnumMap<>(End.class);
    private final List<VethWire> wires;
    private final String noDelay;

    /** Makes namespaces and interfaces. This program must be in an {@link OwnNetwork}. */
    public NamespaceWiring() throws IOException {
        try {
            Command.run(List.of(), "ip link set lo up");
            for (End end : End.values()) {
                Namespace made = new Namespace();
                ends.put(end, made);
                String device = "fw-" + end.name().toLowerCase(java.util.Locale.ROOT);
                Command.run(List.of(), "ip link add " + device + " type veth peer name service netns " + made.pid());
                Command.run(List.of(), "ip address add 10.98." + end.ordinal() + ".1/30 dev " + device);
                Command.run(List.of(), "ip link set " + device + " up");
                made.run("ip address add " + host(end) + "/30 dev service");
                made.run("ip link set service up");
            }
            wires = List.of(new VethWire(0, ends.get(End.A), ends.get(End.B)), new VethWire(1, ends.get(End.A), ends.get(End.B)));
            noDelay = wires.get(0).noDelay();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "network namespaces";
    }

    @Override
    public String noDelay() {
        return noDelay;
    }

    @Override
    public boolean losesPackets() {
        return true;
    }

    @Override
    public void tell(End end, PairFolder.Side side) throws IOException {
        for (int i = 0; i < wires.size(); i++) {
            VethWire wire = wires.get(i);
            new LinkFile(wire.link(), i, wire.address(end), LINK_PORT, wire.address(end.other()), LINK_PORT).write(side);
        }
        String address = "\naddress = " + host(end) + "\n";
        append(side, "twinwall.firewall.embedded.port.cfg", address);
        append(side, "twinwall.management.cfg", address + "allow_remote = true\n");
    }

    private static void append(PairFolder.Side side, String file, String text) throws IOException {
        Files.writeString(side.folder().resolve(file), text, StandardOpenOption.APPEND);
    }

    @Override
    public List<String> by(End end) {
        return ends.get(end).by();
    }

    @Override
    public String host(End end) {
        return "10.98." + end.ordinal() + ".2";
    }

    @Override
    public List<Wire> wires() {
        return List.copyOf(wires);
    }

    @Override
    public void close() {
        ends.values().forEach(Namespace::close);
    }
}
