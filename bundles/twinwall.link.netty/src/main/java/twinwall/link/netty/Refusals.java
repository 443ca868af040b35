/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts the connections that this side closed, by reason, and says so at most once a minute for each reason. */
final class Refusals {

    /** Reasons come from protocols yet to be written: a bound keeps the map and the metrics made of it small. */
    static final int MAX_REASONS = 48;

    static final String OTHER = "other";

    private static final Logger LOG = System.getLogger("twinwall.link.netty");
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String link;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, Long> lastSaid = new ConcurrentHashMap<>();

    Refusals(String link) {
        this.link = link;
    }

    /** Called on the link's event loop only; the counts are read from anywhere. */
    void count(String reason) {
        counts.computeIfAbsent(bounded(counts, reason), none -> new LongAdder()).increment();
    }

    Map<String, Long> counts() {
        return counts.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().sum(), Long::sum, TreeMap::new));
    }

    /** One line about the link; lines of the same kind are left out for a minute. */
    void say(Level level, String kind, String line) {
        String known = bounded(lastSaid, kind);
        Long last = lastSaid.get(known);
        long now = System.nanoTime();
        if (last == null || now - last >= QUIET_NANOS) {
            lastSaid.put(known, now);
            LOG.log(level, "Link '" + link + "': " + line);
        }
    }

    private static String bounded(Map<String, ?> known, String name) {
        return known.containsKey(name) || known.size() < MAX_REASONS ? name : OTHER;
    }
}
