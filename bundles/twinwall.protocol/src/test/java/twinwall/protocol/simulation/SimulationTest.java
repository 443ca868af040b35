/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/**
 * Many short lives of two firewalls, each from a seed: changes, lost frames, broken links, dying processes and failing handlers in random
 * order. After each both must have the same tables.
 * <p>
 * {@code -Dtwinwall.seeds=100000} runs more, {@code -Dtwinwall.seed=N} one, {@code -Dtwinwall.trace=true} tells what happens.
 */
class SimulationTest {

    @Test
    void twoFirewallsAlwaysEndWithTheSameTables() {
        Long only = Long.getLong("twinwall.seed");
        long first = only == null ? Long.getLong("twinwall.firstSeed", 1) : only;
        long last = only == null ? first + Long.getLong("twinwall.seeds", 2500) - 1 : only;
        List<String> failed = new ArrayList<>();
        for (long seed = first; seed <= last && failed.size() < 10; seed++) {
            String failure = failure(seed);
            if (failure != null) {
                failed.add(failure);
            }
        }
        if (!failed.isEmpty()) {
            throw new AssertionError(String.join("\n", failed));
        }
    }

    static String failure(long seed) {
        World world = new World(seed);
        try {
            world.run();
            return null;
        } catch (AssertionError | RuntimeException e) {
            String text = e.toString();
            if (Boolean.getBoolean("twinwall.trace")) {
                System.out.println(world.traced());
                e.printStackTrace(System.out);
            }
            return "Seed " + seed + ": " + (text.length() > 900 ? text.substring(0, 900) : text)
                    + "\n  run again with -Dtest=SimulationTest -Dtwinwall.seed=" + seed + " -Dtwinwall.trace=true";
        }
    }
}
