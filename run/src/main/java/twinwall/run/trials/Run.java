/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import twinwall.run.node.PairFolder;
import twinwall.run.pair.NotStartedException;
import twinwall.run.report.Timeline;
import twinwall.run.trials.failure.Failure;
import twinwall.run.trials.failure.NotAsExpectedException;
import twinwall.run.trials.stage.Confirmations;
import twinwall.run.trials.stage.Round;
import twinwall.run.trials.stage.Stage;
import twinwall.run.trials.stage.TrialPair;
import twinwall.run.trials.traffic.Traffic;
import twinwall.run.trials.wiring.LoopbackWiring;
import twinwall.run.trials.wiring.NamespaceWiring;
import twinwall.run.trials.wiring.Wiring;

/** Tries every kind of failure that was asked for; those that the first wiring cannot make, on loopback. For one thread. */
final class Run {

    private static final String FIREWALL = "twinwall.firewall.embedded";

    private final Options options;
    private final boolean namespaces;
    private final Timeline timeline;
    private final Consumer<AutoCloseable> owner;

    /**
     * A run.
     *
     * @param namespaces whether this process may make network namespaces
     * @param owner closes what it is given when the program ends, however it ends
     */
    Run(Options options, boolean namespaces, Timeline timeline, Consumer<AutoCloseable> owner) {
        this.options = options;
        this.namespaces = namespaces;
        this.timeline = timeline;
        this.owner = owner;
    }

    /** One row for each kind, in the order asked for. */
    List<Row> rows() throws IOException, NotStartedException {
        Map<Failure, Row> rows = new LinkedHashMap<>();
        options.failures().forEach(failure -> rows.put(failure, null));
        List<Failure> left = new ArrayList<>();
        Wiring first = namespaces ? new NamespaceWiring() : new LoopbackWiring();
        owner.accept(first);
        List<Failure> possible = new ArrayList<>();
        for (Failure failure : options.failures()) {
            String impossible = failure.impossible(first);
            if (impossible == null) {
                possible.add(failure);
            } else {
                timeline.happened(failure.name() + ": not with " + first.name() + ": " + impossible + ". It is tried on loopback.");
                left.add(failure);
            }
        }
        tryAll(first, "pair-1", possible, rows);
        if (!left.isEmpty()) {
            Wiring second = new LoopbackWiring();
            owner.accept(second);
            tryAll(second, "pair-2", left, rows);
        }
        return List.copyOf(rows.values());
    }

    private void tryAll(Wiring wiring, String folder, List<Failure> failures, Map<Failure, Row> rows)
            throws IOException, NotStartedException {
        if (failures.isEmpty()) {
            return;
        }
        Path work = Files.createDirectories(options.work().resolve(folder));
        timeline.beginning("Starting two firewalls as two processes (" + wiring.name() + ")");
        try (TrialPair pair = TrialPair.start(work, wiring, options.timing(), Run::tell);
                Traffic traffic = new Traffic(end -> pair.node(end)::packets);
                Confirmations confirmations = new Confirmations(pair.nodes(), traffic)) {
            owner.accept(pair);
            pair.awaitStart();
            for (Failure failure : failures) {
                Row row = new Row(failure, wiring.name());
                rows.put(failure, row);
                tryOne(failure, row, pair, traffic);
            }
        }
    }

    private static void tell(PairFolder.Plan plan) {
        plan.with(FIREWALL, "napt_pool", "203.0.113.1-203.0.113.2").with(FIREWALL, "napt_sources", Traffic.TRANSLATED);
    }

    private void tryOne(Failure failure, Row row, TrialPair pair, Traffic traffic) throws IOException {
        Random random = new Random(options.seed() * 31 + failure.name().hashCode());
        int rounds = options.rounds(failure);
        for (int i = 1; i <= rounds; i++) {
            Round round;
            try {
                round = new Stage(options.timing(), pair, traffic, traffic::waves, random).run(failure);
            } catch (NotAsExpectedException e) {
                round = Round.failed(e.getMessage());
                traffic.nothingConfirmed();
            }
            row.add(round);
            tell(failure, i, rounds, round);
            if (!round.faults().isEmpty()) {
                pair.keepStatus(failure.name() + "-" + i);
                pair.mend();
            }
        }
    }

    private void tell(Failure failure, int number, int rounds, Round round) {
        timeline.happened(String.format("%-12s %3d of %-3d  %4d confirmed, %d lost, %3d not confirmed lost; %4d packets dropped; "
                + "gap %5d ms  %s", failure.name(), number, rounds, round.confirmed(), round.losses().confirmed().size(),
                round.losses().unconfirmed(), round.counts().dropped(), round.counts().longestGapMillis(),
                round.faults().isEmpty() ? "ok" : "FAULT: " + String.join("; ", round.faults())));
    }
}
