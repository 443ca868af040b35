/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

import com.google.gson.JsonObject;
import twinwall.run.pair.EntryText;
import twinwall.run.tables.Scenario;
import twinwall.run.trials.stage.TrialNode;
import twinwall.run.trials.stage.TrialPair;
import twinwall.run.trials.wiring.End;

/** Compares what both firewalls say of every entry, and asks them to compare by themselves. For one thread. */
final class Contents {

    /** What expires by itself does so on each firewall by its own clock. */
    private static final long EQUAL_WITHIN_NANOS = 30_000_000_000L;
    private static final long POLL_NANOS = 200_000_000L;
    private static final int SHOWN = 3;

    private final List<Scenario> scenarios;
    private final TrialPair pair;
    private final Map<String, Compared> tables = new LinkedHashMap<>();

    /**
     * What was found in one table so far.
     *
     * @param entries on both, when they were last compared
     * @param mostEntries that were ever compared at once
     * @param compared entries in all comparisons together
     * @param differing that never became equal
     * @param repaired that differed while all was confirmed, and which the firewalls found and repaired themselves when asked to compare
     * @param miscounted the most that a firewall's status was off the number of its entries
     * @param drift that the firewalls themselves still call different, after the last comparison; -1 when they could not compare
     */
    record Compared(long entries, long mostEntries, long compared, long differing, long repaired, long miscounted, long drift) {

        private Compared and(long now, long differ, long repair, long off, long drifting) {
            return new Compared(now, Math.max(mostEntries, now), compared + now, differing + differ, repaired + repair,
                    Math.max(miscounted, off), drifting);
        }
    }

    Contents(List<Scenario> scenarios, TrialPair pair) {
        this.scenarios = scenarios;
        this.pair = pair;
        scenarios.forEach(each -> tables.put(each.type(), new Compared(0, 0, 0, 0, 0, 0, -1)));
    }

    /**
     * Compares all tables of a pair in sync that nobody changes.
     *
     * @return what differs to the end, as sentences
     * @throws IOException when a firewall does not answer
     */
    List<String> compare() throws IOException {
        List<String> faults = new ArrayList<>();
        Map<String, JsonObject> checked = check(faults);
        for (Scenario scenario : scenarios) {
            EntryText<?> text = new EntryText<>(scenario.entry(), scenario.moving());
            Map<String, String> onA = Map.of();
            List<String> differing = List.of();
            long until = System.nanoTime() + EQUAL_WITHIN_NANOS;
            do {
                if (!differing.isEmpty()) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
                onA = pair.nodes().get(0).api().entries(scenario.type(), text);
                differing = differing(onA, pair.nodes().get(1).api().entries(scenario.type(), text));
            } while (!differing.isEmpty() && System.nanoTime() < until);
            JsonObject own = checked.get(scenario.type());
            long drift = own == null ? -1 : own.get("drift").getAsLong();
            if (!differing.isEmpty()) {
                faults.add(scenario.type() + ": " + differing.size() + " entries differ: " + String.join("; ",
                        differing.subList(0, Math.min(SHOWN, differing.size()))));
            }
            if (drift > 0) {
                faults.add(scenario.type() + ": the firewalls themselves call " + drift + " entries different: "
                        + own.get("detail").getAsString());
            }
            note(scenario.type(), onA.size(), differing.size(), own == null ? 0 : own.get("repaired").getAsLong(),
                    differing.isEmpty() ? miscounted(scenario.type(), onA.size()) : 0, drift);
        }
        return faults;
    }

    /** What the firewalls say of each table. Links that were mended may close once more, so tables go out of sync for a moment again. */
    private Map<String, JsonObject> check(List<String> faults) throws IOException {
        Map<String, JsonObject> checked = Map.of();
        List<String> lacking = List.of();
        long until = System.nanoTime() + EQUAL_WITHIN_NANOS;
        do {
            if (!lacking.isEmpty()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            End active = pair.active();
            if (active != null) {
                checked = pair.node(active).api().check();
            }
            lacking = lacking(checked);
        } while (!lacking.isEmpty() && System.nanoTime() < until);
        faults.addAll(lacking);
        return checked;
    }

    private List<String> lacking(Map<String, JsonObject> checked) {
        List<String> lacking = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            JsonObject own = checked.get(scenario.type());
            if (own == null || own.get("compared").getAsLong() < 0) {
                lacking.add(scenario.type() + ": the firewalls have not compared it: "
                        + (own == null ? "it is not in their answer" : own.get("detail").getAsString()));
            }
        }
        return lacking;
    }

    private static List<String> differing(Map<String, String> onA, Map<String, String> onB) {
        TreeSet<String> keys = new TreeSet<>(onA.keySet());
        keys.addAll(onB.keySet());
        return keys.stream().filter(key -> !Objects.equals(onA.get(key), onB.get(key)))
                .map(key -> "fw-a " + onA.get(key) + ", fw-b " + onB.get(key)).toList();
    }

    private long miscounted(String type, long entries) throws IOException {
        long most = 0;
        for (TrialNode node : pair.nodes()) {
            most = Math.max(most, Math.abs(node.status().entries(type) - entries));
        }
        return most;
    }

    private synchronized void note(String type, long entries, long differing, long repaired, long off, long drift) {
        tables.computeIfPresent(type, (any, before) -> before.and(entries, differing, repaired, off, drift));
    }

    /** What was found so far, by table. For any thread. */
    synchronized Map<String, Compared> tables() {
        return new LinkedHashMap<>(tables);
    }
}
