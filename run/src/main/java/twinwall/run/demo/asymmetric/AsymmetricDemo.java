/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import twinwall.run.pair.FirewallPair;
import twinwall.run.pair.NodeDepartures;
import twinwall.run.pair.NodePackets;
import twinwall.run.pair.NotStartedException;
import twinwall.run.report.Paragraph;
import twinwall.run.report.Timeline;

/** Two firewalls that both forward, and connections that use one for each direction: {@code run/demo --asymmetric}. */
public final class AsymmetricDemo {

    /** Path delays when none are given, micros. */
    public static final List<Integer> DELAYS = List.of(0, 100, 500, 2000);

    /** Connections of each run when no number is given. */
    public static final int CONNECTIONS = 500;

    private static final String SESSIONS = "ipv4-session";
    private static final int WARM_UP = 100;

    private final List<Integer> delaysMicros;
    private final int connections;
    private final List<Mode> modes;
    private final Timeline timeline;
    private final Consumer<AutoCloseable> owner;

    /**
     * The same traffic in all modes.
     *
     * @param delaysMicros how long the way from one firewall by the server to the other takes, one run for each
     * @param connections of each run
     * @param redirect whether redirecting to the firewall that has the session is shown, too
     * @param owner closes what it is given when the program ends, however it ends
     */
    public AsymmetricDemo(List<Integer> delaysMicros, int connections, boolean redirect, Timeline timeline, Consumer<AutoCloseable> owner) {
        this.delaysMicros = List.copyOf(delaysMicros);
        this.connections = connections;
        this.modes = redirect ? List.of(Mode.values()) : Mode.USUAL;
        this.timeline = timeline;
        this.owner = owner;
    }

    /** What it has found. */
    public interface Outcome {

        /** Whether every connection worked with confirm before forward, and with redirecting if that was shown. */
        boolean confirmed();

        /** For people. */
        String text(boolean colour);

        /** For programs. */
        String json();
    }

    /** Runs every mode with every delay, one pair of firewalls for each mode. */
    public Outcome run(Path work) throws IOException, NotStartedException {
        List<Measured> runs = new ArrayList<>();
        for (Mode mode : modes) {
            timeline.beginning("Starting two firewalls as two processes (" + mode.label() + ")");
            try (FirewallPair pair = FirewallPair.start(work.resolve(mode.id()), Set.of(), mode::tell)) {
                owner.accept(pair);
                pair.awaitSharing(Set.of(SESSIONS));
                timeline.happened("FW_A and FW_B both forward and have each other's tables.");
                try {
                    runs.addAll(measured(pair, mode));
                } catch (IOException e) {
                    throw pair.explained(e);
                }
            }
        }
        return outcome(new AsymmetricResult(runs));
    }

    private List<Measured> measured(FirewallPair pair, Mode mode) throws IOException {
        List<Measured> runs = new ArrayList<>();
        try (NodePackets a = NodePackets.connect(pair.a().packetPort()); NodePackets b = NodePackets.connect(pair.b().packetPort());
                NodeDepartures outOfA = NodeDepartures.connect(pair.a().packetPort());
                NodeDepartures outOfB = NodeDepartures.connect(pair.b().packetPort())) {
            Handshake handshake = new Handshake(new RedirectedPath(a, outOfB), new RedirectedPath(b, outOfA));
            // Code that has never run is slow, and waiting begins with the peer's first confirmation.
            attempts(handshake, WARM_UP, 0);
            for (int delay : delaysMicros) {
                Measured run = new Measured(mode, delay, attempts(handshake, connections, delay));
                runs.add(run);
                timeline.happened(mode.label() + ", " + delay + " us: " + run.established() + " of "
                        + Paragraph.count(connections, "connection") + " established.");
            }
        }
        return runs;
    }

    private static List<Attempt> attempts(Handshake handshake, int count, int delayMicros) throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            attempts.add(handshake.connect(delayMicros * 1000L));
        }
        return attempts;
    }

    private static Outcome outcome(AsymmetricResult result) {
        return new Outcome() {

            @Override
            public boolean confirmed() {
                return result.confirmed();
            }

            @Override
            public String text(boolean colour) {
                return AsymmetricText.of(result, colour);
            }

            @Override
            public String json() {
                return AsymmetricJson.of(result);
            }
        };
    }
}
