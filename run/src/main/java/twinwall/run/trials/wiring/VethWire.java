/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A pair of virtual Ethernet interfaces between two namespaces. Neighbours are entered by hand, so that a wrong one makes this end's frames
 * go to a station that nobody is: they are lost without a sign, and the other direction works.
 */
final class VethWire implements Wire {

    private static final String NOBODY = "02:00:00:00:00:ff";

    private final int number;
    private final Map<End, Namespace> ends;

    VethWire(int number, Namespace a, Namespace b) throws IOException {
        this.number = number;
        this.ends = Map.of(End.A, a, End.B, b);
        Command.run(List.of(), "ip link add " + device() + " address " + mac(End.A) + " netns " + a.pid() + " type veth peer name "
                + device() + " address " + mac(End.B) + " netns " + b.pid());
        for (End end : End.values()) {
            ends.get(end).run("ip address add " + address(end) + "/30 dev " + device());
        }
        heal();
    }

    /** That end's address. */
    String address(End end) {
        return "10.99." + number + "." + (end == End.A ? 1 : 2);
    }

    private String mac(End end) {
        return "02:00:00:00:0" + number + ":0" + (end == End.A ? 1 : 2);
    }

    private String device() {
        return "hb" + number;
    }

    private void neighbour(End at, String mac) throws IOException {
        ends.get(at).run("ip neigh replace " + address(at.other()) + " lladdr " + mac + " nud permanent dev " + device());
    }

    @Override
    public String link() {
        return String.valueOf((char) ('a' + number));
    }

    @Override
    public void silence(End from) throws IOException {
        neighbour(from, NOBODY);
    }

    @Override
    public void pull(End at) throws IOException {
        ends.get(at).run("ip link set " + device() + " down");
    }

    @Override
    public void delay(int millis) throws IOException {
        for (End end : End.values()) {
            ends.get(end).run("tc qdisc replace dev " + device() + " root netem delay " + millis + "ms");
        }
    }

    /** Whether {@link #delay} works: null, or why not. */
    String noDelay() throws IOException {
        String complaint = Command.complaint(ends.get(End.A).by(), "tc qdisc add dev " + device() + " root netem delay 1ms");
        heal();
        return complaint == null ? null : "this kernel has no netem (" + complaint + ")";
    }

    @Override
    public void heal() throws IOException {
        for (End end : End.values()) {
            ends.get(end).run("ip link set " + device() + " up");
            Command.complaint(ends.get(end).by(), "tc qdisc del dev " + device() + " root");
        }
        for (End end : End.values()) {
            neighbour(end, mac(end.other()));
        }
    }
}
