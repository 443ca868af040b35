/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.count;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

import twinwall.firewall.FirewallCounter;
import twinwall.firewall.embedded.command.Arguments;

/**
 * Counts by the constants of an enum. Safe for threads.
 *
 * @param <R> the reasons
 */
public final class ReasonCounter<R extends Enum<R>> implements FirewallCounter {

    private final String name;
    private final String meaning;
    private final R[] reasons;
    private final AtomicLongArray counts;

    /**
     * A counter at 0.
     *
     * @param name as {@link FirewallCounter#name}
     * @param meaning as {@link FirewallCounter#meaning}
     */
    public ReasonCounter(String name, String meaning, Class<R> reasons) {
        this.name = name;
        this.meaning = meaning;
        this.reasons = reasons.getEnumConstants();
        this.counts = new AtomicLongArray(this.reasons.length);
    }

    /** One more for that reason. */
    public void count(R reason) {
        counts.incrementAndGet(reason.ordinal());
    }

    /** So many more for that reason. */
    public void count(R reason, int many) {
        counts.addAndGet(reason.ordinal(), many);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> all = new LinkedHashMap<>();
        Arrays.stream(reasons).forEach(reason -> all.put(Arguments.written(reason), counts.get(reason.ordinal())));
        return all;
    }
}
