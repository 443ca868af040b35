/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * A service table that the suite knows nothing of: names and values in a firewall's memory. It shows itself as services with types of the
 * JDK only, so that a handler bundle needs nothing but the SPI.
 */
final class Shelf implements Function<BiConsumer<String, String>, AutoCloseable>, AutoCloseable {

    private final ConcurrentMap<String, String> entries = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, String>> watchers = new CopyOnWriteArrayList<>();
    private final List<ServiceRegistration<?>> registrations;

    /** Puts an empty one into a firewall. */
    Shelf(BundleContext firewall, String name) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("shelf", name);
        registrations = List.of(firewall.registerService(ConcurrentMap.class, entries, properties),
                firewall.registerService(Function.class, this, properties));
    }

    /** The firewall itself puts something on the shelf. */
    void put(String name, String value) {
        entries.put(name, value);
        watchers.forEach(watcher -> watcher.accept(name, value));
    }

    /** The firewall itself takes something away. */
    void remove(String name) {
        entries.remove(name);
        watchers.forEach(watcher -> watcher.accept(name, null));
    }

    /** Something is gone and nobody who watches is told. */
    void vanish(String name) {
        entries.remove(name);
    }

    String get(String name) {
        return entries.get(name);
    }

    /** Handlers that watch it now. */
    int watched() {
        return watchers.size();
    }

    @Override
    public AutoCloseable apply(BiConsumer<String, String> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public void close() {
        registrations.forEach(registration -> {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                // its framework has stopped before
            }
        });
    }
}
