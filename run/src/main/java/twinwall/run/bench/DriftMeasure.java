/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;

/** One entry of a million is changed in the standby's table behind the engine's back: when it is noticed, and when it is right again. */
final class DriftMeasure implements Measure {

    private static final int SESSIONS = 1_000_000;
    private static final int QUICK_SESSIONS = 50_000;
    private static final int WITHIN_SECONDS = 120;
    private static final int ROUNDS = 5;
    private static final int NOTICED_SECONDS = 5;
    private static final int REPAIRED_SECONDS = 10;
    private static final int AT_REST_SECONDS = 20;

    @Override
    public String name() {
        return "drift";
    }

    @Override
    public String about() {
        return "an entry changed behind the engine's back among 1 M: seconds until noticed, and until repaired";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        int sessions = workshop.quick() ? QUICK_SESSIONS : SESSIONS;
        BenchPair pair = BenchPair.plan(workshop, name()).hello(200, 10).make(workshop);
        pair.startBothInOrder();
        pair.a().ask("establish 0 " + sessions);
        pair.awaitInSync();
        pair.b().await("with every session", BenchPair.PATIENCE_SECONDS, status -> status.number("sessions") == sessions);
        pair.a().await("compared once", WITHIN_SECONDS, status -> status.number("drift") == 0);
        double noticed = 0;
        double repaired = 0;
        double afterLoad = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            long applied = pair.b().status().number("applied");
            Reply spoiled = pair.b().ask("spoil " + (long) sessions * round / (ROUNDS + 1));
            long seen = pair.a().await("aware of a difference", WITHIN_SECONDS, status -> status.number("drift") > 0).number("nanos");
            long right = pair.b().await("told of it again", WITHIN_SECONDS, status -> status.number("applied") > applied).number("nanos");
            if (pair.b().ask("spoiled").flag("spoiled")) {
                throw new IOException("B was sent something, and its session is still wrong");
            }
            pair.a().await("equal again", WITHIN_SECONDS, status -> status.number("drift") == 0);
            double toSee = (seen - spoiled.number("nanos")) / 1e9;
            double toRepair = (right - spoiled.number("nanos")) / 1e9;
            if (round == 0) {
                // A table that has just changed as a whole is compared less often for a while.
                afterLoad = toRepair;
            } else {
                noticed = Math.max(noticed, toSee);
                repaired = Math.max(repaired, toRepair);
            }
            workshop.tell(Numbers.text(toRepair) + " s until repaired, "
                    + (pair.b().status().number("applied") - applied) + " entries sent for it");
        }
        long cpuA = pair.a().cpu().toMillis();
        long cpuB = pair.b().cpu().toMillis();
        Thread.sleep(AT_REST_SECONDS * 1000L);
        double shareA = (pair.a().cpu().toMillis() - cpuA) / (AT_REST_SECONDS * 10.0);
        double shareB = (pair.b().cpu().toMillis() - cpuB) / (AT_REST_SECONDS * 10.0);
        return List.of(Row.of(name(), "a changed entry among " + Numbers.text(sessions) + ": until noticed, slowest of " + ROUNDS, noticed,
                        "s").against(Target.atMost(NOTICED_SECONDS)).with("loadAverage", Machine.loadAverage()),
                Row.of(name(), "a changed entry among " + Numbers.text(sessions) + ": until repaired, slowest of " + ROUNDS, repaired, "s")
                        .against(Target.atMost(REPAIRED_SECONDS)).with("rightAfterLoad", afterLoad),
                Row.of(name(), "processor time of the active firewall while " + Numbers.text(sessions) + " entries are compared and "
                        + "nothing else happens", shareA, "% of a core").with("ofTheStandby", shareB));
    }
}
