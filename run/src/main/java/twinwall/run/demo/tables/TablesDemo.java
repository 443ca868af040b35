/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

import twinwall.run.pair.NotStartedException;
import twinwall.run.report.Timeline;
import twinwall.run.tables.Preparation;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Scenarios;

/** The tour through all service tables: {@code run/demo --tables}. */
public final class TablesDemo {

    private final List<String> without;
    private final Timeline timeline;
    private final Consumer<AutoCloseable> owner;

    /**
     * A tour.
     *
     * @param without types of tables whose handler is left out on both firewalls
     * @param owner closes what it is given when the program ends, however it ends
     */
    public TablesDemo(List<String> without, Timeline timeline, Consumer<AutoCloseable> owner) {
        this.without = without;
        this.timeline = timeline;
        this.owner = owner;
    }

    /** What it has found. */
    public interface Outcome {

        /** Whether every table survived that is backed up. */
        boolean survived();

        /** For people. */
        String text(boolean colour);

        /** For programs. */
        String json();
    }

    /**
     * Runs all scenarios, one pair of firewalls after the other.
     *
     * @throws IllegalArgumentException when there is no handler for a type of {@code without}
     */
    public Outcome run(Path work) throws IOException, NotStartedException {
        Map<String, String> leftOut = leftOut();
        Map<String, List<Scenario>> pairs = new LinkedHashMap<>();
        Map<String, List<Preparation>> local = new LinkedHashMap<>();
        Scenarios.backedUp().forEach(each -> pairs.computeIfAbsent(each.pair(), any -> new ArrayList<>()).add(each));
        Scenarios.local().forEach(each -> local.computeIfAbsent(each.pair(), any -> new ArrayList<>()).add(each));
        Set<String> names = new TreeSet<>(pairs.keySet());
        names.addAll(local.keySet());
        Map<String, TableRow> rows = new LinkedHashMap<>();
        List<LocalRow> lost = new ArrayList<>();
        long takeover = 0;
        for (String name : names) {
            timeline.beginning("Starting two firewalls as two processes (" + name + ")");
            try (PairRun run = new PairRun(pairs.getOrDefault(name, List.of()), local.getOrDefault(name, List.of()), timeline)) {
                owner.accept(run);
                run.start(work.resolve(name), leftOut);
                TablesResult result = run.failOver();
                result.tables().forEach(row -> rows.put(row.type(), row));
                lost.addAll(result.local());
                takeover = Math.max(takeover, result.takeoverMillis());
            }
        }
        List<TableRow> ordered = Scenarios.backedUp().stream().map(each -> rows.get(each.type())).toList();
        return outcome(new TablesResult(ordered, lost, takeover));
    }

    /** Table type to the symbolic name of its bundle. */
    private Map<String, String> leftOut() throws IOException {
        Map<String, String> bundles = new TreeMap<>();
        if (without.isEmpty()) {
            return bundles;
        }
        Map<String, String> byType = HandlerBundles.in(Path.of(System.getProperty("twinwall.bundles", "")));
        for (String type : without) {
            if (type.equals("all")) {
                bundles.putAll(byType);
            } else if (byType.containsKey(type)) {
                bundles.put(type, byType.get(type));
            } else {
                throw new IllegalArgumentException("--without " + type + ": no bundle backs up such a table. There are: all, "
                        + String.join(", ", byType.keySet()));
            }
        }
        return bundles;
    }

    private static Outcome outcome(TablesResult result) {
        return new Outcome() {

            @Override
            public boolean survived() {
                return result.survived();
            }

            @Override
            public String text(boolean colour) {
                return TablesText.of(result, colour);
            }

            @Override
            public String json() {
                return TablesJson.of(result);
            }
        };
    }
}
