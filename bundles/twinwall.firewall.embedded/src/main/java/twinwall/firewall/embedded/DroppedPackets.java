/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import twinwall.firewall.FirewallCounter;

/** Shows the packets that the firewall has dropped. */
final class DroppedPackets implements FirewallCounter {

    private final Supplier<Counters> counters;

    DroppedPackets(Supplier<Counters> counters) {
        this.counters = counters;
    }

    @Override
    public String name() {
        return "dropped-packets";
    }

    @Override
    public String meaning() {
        return "Packets that the firewall has dropped.";
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counters.get().dropped().forEach((reason, count) -> counts.put(reason.label(), count));
        return counts;
    }
}
