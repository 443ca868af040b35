/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/**
 * As {@link SimulationTest}, with tables that change behind the engines' backs: entries flip, vanish and appear on either side and nobody
 * reports it. After each life both have the same tables, and what the active firewall had was never changed for the sake of the other.
 * <p>
 * {@code -Dtwinwall.seeds=100000} runs more, {@code -Dtwinwall.seed=N} one, {@code -Dtwinwall.trace=true} tells what happens.
 */
class CorruptionTest {

    @Test
    void whateverChangesBehindTheEnginesBacksIsRepairedInTheRightDirection() {
        Long only = Long.getLong("twinwall.seed");
        long first = only == null ? Long.getLong("twinwall.firstSeed", 1) : only;
        long last = only == null ? first + Long.getLong("twinwall.seeds", 500) - 1 : only;
        List<String> failed = new ArrayList<>();
        long corruptions = 0;
        for (long seed = first; seed <= last && failed.size() < 10; seed++) {
            World world = new World(seed, true, true);
            try {
                world.run();
            } catch (AssertionError | RuntimeException e) {
                String text = e.toString();
                failed.add("Seed " + seed + ": " + (text.length() > 900 ? text.substring(0, 900) : text));
                if (Boolean.getBoolean("twinwall.trace")) {
                    System.out.println(world.traced());
                    e.printStackTrace(System.out);
                }
            }
            corruptions += world.corruption.count();
        }
        assertThat(String.join("\n", failed)).isEmpty();
        assertThat(corruptions).as("entries that changed unseen").isGreaterThan(only == null ? last - first : 0);
    }
}
