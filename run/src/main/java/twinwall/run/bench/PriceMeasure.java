/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What backup costs by default and with quick backup, with the same flows, and what it protects; then the same for some intervals of
 * gathering. Each trial has a new pair.
 */
final class PriceMeasure implements Measure {

    private static final int SEED = 20_261_127;
    private static final int FLOWS_PER_SECOND = 5000;
    /** So few that the interval and not a full batch ends the gathering. */
    private static final int CURVE_FLOWS_PER_SECOND = 200;
    private static final int[] INTERVALS_MILLIS = {0, 10, 50, 100, 200, 500, 1000};
    private static final int LONGEST_SECONDS = 10;
    private static final int WARM_UP_SECONDS = 5;
    private static final int INTERVAL_MILLIS = 100;

    @Override
    public String name() {
        return "price";
    }

    @Override
    public String about() {
        return "bytes and processor time per new session, default and quick backup, and the curve over backup_interval_ms";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        int seconds = Math.min(workshop.seconds(), LONGEST_SECONDS);
        List<Row> rows = new ArrayList<>();
        PriceTrial byDefault = trial(workshop, false, INTERVAL_MILLIS, FLOWS_PER_SECOND, seconds);
        PriceTrial quick = trial(workshop, true, INTERVAL_MILLIS, FLOWS_PER_SECOND, seconds);
        rows.addAll(quick.beside(byDefault, name()));
        for (int interval : INTERVALS_MILLIS) {
            PriceTrial trial = trial(workshop, false, interval, CURVE_FLOWS_PER_SECOND, seconds);
            rows.add(trial.point(name(), "backup_interval_ms = " + interval));
        }
        rows.add(trial(workshop, true, INTERVAL_MILLIS, CURVE_FLOWS_PER_SECOND, seconds).point(name(), "quick backup"));
        return rows;
    }

    private PriceTrial trial(Workshop workshop, boolean quick, int intervalMillis, int perSecond, int seconds) throws IOException {
        BenchPair.Plan plan = BenchPair.plan(workshop, name()).hello(500, 20).group("backup_interval_ms", intervalMillis)
                .group("quick_backup", quick).firewall("napt_pool", "203.0.113.0/24");
        BenchPair pair = plan.make(workshop);
        try {
            pair.startBoth();
            pair.a().ask("mix " + SEED + " 0 " + perSecond + " " + (workshop.quick() ? 1 : WARM_UP_SECONDS) * 1000);
            PriceTrial trial = PriceTrial.run(pair, "mix " + SEED + " 10000000 " + perSecond + " " + seconds * 1000);
            workshop.tell((quick ? "quick backup" : "interval " + intervalMillis + " ms") + ", " + perSecond + " flows/s: "
                    + trial.summary());
            return trial;
        } finally {
            workshop.closeAll();
        }
    }
}
