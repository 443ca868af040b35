/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench.vendor;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import twinwall.firewall.FirewallCommand;

/**
 * A firewall's table of leases: client to address and host name, with a line break between. Offered as services with types of the JDK only,
 * and as the command {@code lease}. Any thread may use it.
 */
public final class LeaseTable implements BundleActivator, FirewallCommand {

    static final String SERVICES = "(table=lease)";

    private final ConcurrentMap<String, String> leases = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, String>> watchers = new CopyOnWriteArrayList<>();

    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of("table", "lease", COMMAND, name()));
        Function<BiConsumer<String, String>, AutoCloseable> watch = this::watch;
        context.registerService(ConcurrentMap.class, leases, properties);
        context.registerService(Function.class, watch, properties);
        context.registerService(FirewallCommand.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes its services away.
    }

    private AutoCloseable watch(BiConsumer<String, String> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public String name() {
        return "lease";
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("fill", "first count: makes so many leases", "count", "tells how many there are, and how many have a host name");
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> arguments) {
        if (verb.equals("fill")) {
            int first = Integer.parseInt(arguments.get("first"));
            for (int i = first; i < first + Integer.parseInt(arguments.get("count")); i++) {
                put("client-" + i, "10.0." + i / 256 + "." + i % 256 + "\nhost-" + i);
            }
        }
        return Map.of("leases", leases.size(), "named", leases.values().stream().filter(lease -> !lease.endsWith("\n")).count());
    }

    private void put(String client, String lease) {
        leases.put(client, lease);
        watchers.forEach(watcher -> watcher.accept(client, lease));
    }
}
