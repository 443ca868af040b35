/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.google.gson.JsonObject;
import twinwall.run.pair.EntryText;
import twinwall.run.pair.FirewallPair;
import twinwall.run.pair.NodeApi;
import twinwall.run.pair.NodePackets;
import twinwall.run.pair.NodeProcess;
import twinwall.run.pair.NotStartedException;
import twinwall.run.report.Timeline;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Preparation;
import twinwall.run.tables.Preparations;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** All scenarios of one pair of firewalls: fills the tables of FW_A, kills it, and tries on FW_B. */
final class PairRun implements AutoCloseable {

    private static final long BACKUP_WITHIN_MILLIS = 10_000;

    private final List<Scenario> scenarios;
    private final List<Preparation> local;
    private final Preparations preparations;
    private final Timeline timeline;
    private final Map<String, String> obstacles = new HashMap<>();
    private final Map<String, String> differences = new TreeMap<>();
    private FirewallPair pair;
    private Set<String> leftOut = Set.of();

    PairRun(List<Scenario> scenarios, List<Preparation> local, Timeline timeline) {
        this.scenarios = scenarios;
        this.local = local;
        List<Preparation> all = new ArrayList<>(scenarios);
        all.addAll(local);
        preparations = new Preparations(all);
        this.timeline = timeline;
    }

    /**
     * Starts both firewalls; they are not ready yet.
     *
     * @param without table type to the symbolic name of its bundle: those that are left out
     */
    void start(Path work, Map<String, String> without) throws IOException, NotStartedException {
        leftOut = without.keySet();
        pair = FirewallPair.start(work, Set.copyOf(without.values()), preparations);
    }

    /** The failover. */
    TablesResult failOver() throws IOException, NotStartedException {
        pair.awaitReady(scenarios.stream().map(Scenario::type).filter(type -> !leftOut.contains(type)).toList());
        timeline.happened("FW_A is active, FW_B is standby and has every table.");
        try {
            Map<String, Map<String, String>> onA = fillA();
            Map<String, JsonObject> localOnA = local(pair.a().api());
            long takeover = pair.failOver();
            timeline.happened("FW_A killed with SIGKILL; FW_B is active " + takeover + " ms later.");
            NodeApi b = pair.b().api();
            Map<String, JsonObject> localOnB = local(b);
            List<TableRow> rows = new ArrayList<>();
            Map<String, Map<String, String>> onB = entries(b);
            try (NodePackets packets = NodePackets.connect(pair.b().packetPort())) {
                Firewall firewall = firewall(pair.b(), packets);
                for (Scenario scenario : scenarios) {
                    rows.add(tried(scenario, firewall, onA.get(scenario.type()), onB.get(scenario.type())));
                }
            }
            timeline.happened("Every table tried on FW_B.");
            List<LocalRow> lost = new ArrayList<>();
            for (Preparation each : local) {
                lost.add(new LocalRow(each.type(), entries(localOnA.get(each.type())), entries(localOnB.get(each.type())),
                        obstacles.getOrDefault(each.type(), detail(localOnA.get(each.type())))));
            }
            return new TablesResult(rows, lost, takeover);
        } catch (IOException e) {
            throw pair.explained(e);
        }
    }

    private Map<String, Map<String, String>> fillA() throws IOException {
        try (NodePackets packets = NodePackets.connect(pair.a().packetPort())) {
            Firewall a = firewall(pair.a(), packets);
            for (Preparation preparation : preparations.all()) {
                try {
                    preparation.fill(a);
                } catch (IOException | RuntimeException e) {
                    if (!pair.a().alive()) {
                        throw e;
                    }
                    obstacles.put(preparation.type(), "on FW_A: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
                }
            }
        }
        timeline.happened("The tables of FW_A are filled.");
        long atRisk = pair.awaitBackup(BACKUP_WITHIN_MILLIS);
        timeline.happened(atRisk == 0 ? "FW_B has confirmed every change." : "FW_B has not confirmed " + atRisk + " changes.");
        compare();
        return entries(pair.a().api());
    }

    /** Every change was confirmed: then the contents are equal too, or a table was changed behind the engine's back. */
    private void compare() throws IOException {
        if (!leftOut.isEmpty()) {
            // Without a handler there is nothing to compare with.
            return;
        }
        pair.a().api().check().forEach((type, checked) -> {
            long differing = checked.get("differing").getAsLong();
            if (differing > 0) {
                differences.put(type, "confirmed, and yet different on FW_B: " + differing);
            }
        });
        timeline.happened(differences.isEmpty() ? "Both have compared every table: no entry differs."
                : "Both have compared every table, and found entries that differ: " + String.join(", ", differences.keySet()) + ".");
    }

    private Firewall firewall(NodeProcess node, NodePackets packets) throws IOException {
        return new Firewall(node.api(), packets, name -> preparations.port(node.name(), name), node.folder());
    }

    private TableRow tried(Scenario scenario, Firewall b, Map<String, String> onA, Map<String, String> onB) throws IOException {
        Tries tries = new Tries();
        String obstacle = obstacles.get(scenario.type());
        if (obstacle != null) {
            tries.expect(false, obstacle);
        } else {
            try {
                scenario.prove(b, tries);
            } catch (IOException | RuntimeException e) {
                if (!pair.b().alive()) {
                    throw e;
                }
                tries.expect(false, "on FW_B: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            }
        }
        if (differences.containsKey(scenario.type())) {
            tries.expect(false, differences.get(scenario.type()));
        }
        return TableRow.of(scenario, onA, onB, tries);
    }

    /** Entries of every table; none where the firewall has no handler and so lists none. */
    private Map<String, Map<String, String>> entries(NodeApi api) throws IOException {
        Set<String> listed = api.status().types();
        Map<String, Map<String, String>> entries = new LinkedHashMap<>();
        for (Scenario scenario : scenarios) {
            entries.put(scenario.type(), listed.contains(scenario.type())
                    ? api.entries(scenario.type(), new EntryText<>(scenario.entry(), scenario.moving())) : Map.of());
        }
        return entries;
    }

    private static Map<String, JsonObject> local(NodeApi api) throws IOException {
        Map<String, JsonObject> tables = new HashMap<>();
        api.status().local().forEach(table -> tables.put(table.get("type").getAsString(), table));
        return tables;
    }

    private static long entries(JsonObject table) {
        return table == null ? 0 : table.get("entries").getAsLong();
    }

    private static String detail(JsonObject table) {
        return table == null ? "this firewall has no such table" : table.get("detail").getAsString();
    }

    @Override
    public void close() {
        if (pair != null) {
            pair.close();
        }
    }
}
