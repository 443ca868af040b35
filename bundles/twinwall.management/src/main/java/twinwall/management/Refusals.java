/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import twinwall.firewall.FirewallCounter;

/**
 * What the firewall says it has refused. A counter that fails is left out, and costs the page nothing else.
 *
 * @param meaning one sentence
 * @param counts by reason, ordered by it
 */
record Refusals(String meaning, Map<String, Long> counts) {

    private static final System.Logger LOG = System.getLogger(ManagementApi.PID);

    /** Reads all counters, by name. */
    static Map<String, Refusals> read(Supplier<Map<String, FirewallCounter>> counters) {
        Map<String, Refusals> all = new LinkedHashMap<>();
        counters.get().forEach((name, counter) -> {
            try {
                all.put(name, new Refusals(counter.meaning(), new TreeMap<>(counter.counts())));
            } catch (RuntimeException | LinkageError e) {
                LOG.log(Level.ERROR, "The firewall's counter " + name + " failed: " + e + ". The API goes on without it.");
            }
        });
        return all;
    }

    /** Those reasons that there were. */
    Map<String, Long> happened() {
        Map<String, Long> happened = new TreeMap<>(counts);
        happened.values().removeIf(count -> count == 0);
        return happened;
    }
}
