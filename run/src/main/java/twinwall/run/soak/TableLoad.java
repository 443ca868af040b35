/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import twinwall.run.pair.NodeApi.RefusedException;
import twinwall.run.pair.NodePackets;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Preparations;
import twinwall.run.tables.Scenario;
import twinwall.run.trials.stage.Load;
import twinwall.run.trials.stage.TrialNode;
import twinwall.run.trials.stage.TrialPair;
import twinwall.run.trials.wiring.End;

/** Changes entries of every table on whichever firewall is active, one after the other. A thread of its own; the methods are for others. */
final class TableLoad implements Load, AutoCloseable {

    private static final long PACE_NANOS = 2_000_000;
    private static final long IDLE_NANOS = 20_000_000;
    private static final long END_WITHIN_MILLIS = 5000;

    private final List<Scenario> scenarios;
    private final TrialPair pair;
    private final Preparations preparations;
    private final Random random;
    private final Map<String, Steps> steps = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::run, "soak-tables");
    private volatile boolean stopped;
    private volatile boolean on;
    private NodePackets packets;
    private Firewall firewall;

    /**
     * What was done to one table.
     *
     * @param done changes that the firewall took
     * @param refused changes that it did not, for the entry was not there, or no firewall forwarded just then
     * @param last why it refused the last one of these, empty when it never did
     */
    record Steps(long done, long refused, String last) {

        private Steps andDone() {
            return new Steps(done + 1, refused, last);
        }

        private Steps andRefused(Exception why) {
            return new Steps(done, refused + 1, why.getMessage() == null ? why.toString() : why.getMessage());
        }
    }

    /** Off at first. */
    TableLoad(List<Scenario> scenarios, TrialPair pair, Preparations preparations, long seed) {
        this.scenarios = scenarios;
        this.pair = pair;
        this.preparations = preparations;
        this.random = new Random(seed);
        scenarios.forEach(each -> steps.put(each.type(), new Steps(0, 0, "")));
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void on(boolean wanted) {
        on = wanted;
    }

    /** What was done so far, by table. */
    synchronized Map<String, Steps> steps() {
        return new LinkedHashMap<>(steps);
    }

    private void run() {
        while (!stopped) {
            if (on) {
                step(scenarios.get(random.nextInt(scenarios.size())));
            }
            LockSupport.parkNanos(on ? PACE_NANOS : IDLE_NANOS);
        }
        disconnect();
    }

    private void step(Scenario scenario) {
        try {
            scenario.vary(active(), random);
            count(scenario, null);
        } catch (RefusedException | IllegalStateException e) {
            count(scenario, e);
            if (standby()) {
                disconnect();
            }
        } catch (IOException | RuntimeException e) {
            count(scenario, e);
            disconnect();
        }
    }

    private synchronized void count(Scenario scenario, Exception refused) {
        steps.computeIfPresent(scenario.type(), (type, before) -> refused == null ? before.andDone() : before.andRefused(refused));
    }

    private boolean standby() {
        try {
            return !firewall.api().status().role().equals("active");
        } catch (IOException e) {
            return true;
        }
    }

    private Firewall active() throws IOException {
        if (firewall == null) {
            End end = pair.active();
            if (end == null || pair.node(end).packets() == null) {
                throw new IOException("no firewall is active");
            }
            TrialNode node = pair.node(end);
            packets = NodePackets.connect(node.packets().getPort());
            firewall = new Firewall(node.api(), packets, name -> preparations.port(node.name(), name), node.folder());
        }
        return firewall;
    }

    private void disconnect() {
        firewall = null;
        try {
            if (packets != null) {
                packets.close();
            }
        } catch (IOException e) {
            // It is given up in any case.
        }
        packets = null;
    }

    /** Ends it, and waits until it has ended. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join(END_WITHIN_MILLIS);
    }
}
