/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import twinwall.firewall.Endpoint4;

/**
 * Probes real servers, on a thread of its own, as long as this firewall forwards: a standby leaves them alone, and what it knows is what it
 * knew when it forwarded last. A server that misses some probes in a row is unhealthy until one succeeds. Told once per change.
 */
public final class HealthChecks implements Health, AutoCloseable {

    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");

    private final Supplier<Collection<RealServer>> servers;
    private final BooleanSupplier active;
    private final Probe probe;
    private final int misses;
    private final Map<Endpoint4, Integer> missed = new HashMap<>();
    private ScheduledExecutorService thread;
    private volatile Set<Endpoint4> unhealthy = Set.of();

    /**
     * Checks that have not begun.
     *
     * @param servers whom to probe, asked for every round
     * @param active whether to probe, asked for every round
     * @param misses probes in a row that must fail
     */
    public HealthChecks(Supplier<Collection<RealServer>> servers, BooleanSupplier active, Probe probe, int misses) {
        this.servers = servers;
        this.active = active;
        this.probe = probe;
        this.misses = misses;
    }

    /** Probes from now on, with that pause between rounds. */
    public HealthChecks start(int intervalSeconds) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "twinwall.firewall.embedded-health");
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(this::round, 0, intervalSeconds, TimeUnit.SECONDS);
        return this;
    }

    /** Probes each server once. On one thread at a time. */
    public void round() {
        if (!active.getAsBoolean()) {
            return;
        }
        Set<Endpoint4> asked = new HashSet<>();
        for (RealServer server : servers.get()) {
            Endpoint4 endpoint = endpoint(server);
            if (asked.add(endpoint)) {
                judge(endpoint, probe.answers(server));
            }
        }
        missed.keySet().retainAll(asked);
        publish();
    }

    private void judge(Endpoint4 endpoint, boolean answered) {
        if (answered) {
            Integer before = missed.remove(endpoint);
            if (before != null && before >= misses) {
                LOG.log(Level.INFO, "Real server " + endpoint + " answers again and is given new clients.");
            }
        } else if (missed.merge(endpoint, 1, (one, other) -> Math.min(misses + 1, one + other)) == misses) {
            LOG.log(Level.WARNING, "Real server " + endpoint + " has missed " + misses + " probes: new clients go to others.");
        }
    }

    private void publish() {
        Set<Endpoint4> down = new HashSet<>();
        missed.forEach((endpoint, count) -> {
            if (count >= misses) {
                down.add(endpoint);
            }
        });
        unhealthy = Set.copyOf(down);
    }

    @Override
    public boolean healthy(RealServer server) {
        Set<Endpoint4> down = unhealthy;
        return down.isEmpty() || !down.contains(endpoint(server));
    }

    private static Endpoint4 endpoint(RealServer server) {
        return new Endpoint4(server.address(), server.port());
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
