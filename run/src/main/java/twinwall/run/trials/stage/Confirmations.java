/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.stage;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import twinwall.run.pair.NodeApi.Status;
import twinwall.run.trials.traffic.Traffic;

/**
 * Asks the active firewall all the time whether anything is at risk. When it says no, every session is confirmed that was due before it
 * was asked. A thread of its own.
 */
public final class Confirmations implements AutoCloseable {

    private static final long PAUSE_NANOS = 40_000_000;

    private final List<TrialNode> nodes;
    private final Traffic traffic;
    private final Thread thread = new Thread(this::run, "trials-confirmations");
    private volatile boolean stopped;

    /** Begins to ask. */
    public Confirmations(List<TrialNode> nodes, Traffic traffic) {
        this.nodes = nodes;
        this.traffic = traffic;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        int active = 0;
        while (!stopped) {
            if (!confirm(nodes.get(active))) {
                active = 1 - active;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** False when that firewall is not the active one. */
    private boolean confirm(TrialNode node) {
        try {
            long asked = System.nanoTime();
            Status status = node.status();
            if (!status.role().equals("active")) {
                return false;
            }
            if (status.everyTableInSync() && status.atRisk() == 0) {
                traffic.confirmed(asked, System.nanoTime());
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
