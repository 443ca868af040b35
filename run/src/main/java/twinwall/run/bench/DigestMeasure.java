/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import twinwall.run.bench.ChangesMeasure.Counted;

/**
 * What it costs to compare contents all the time: two pairs, one that compares as by default and one that does not, under the same load in
 * turn, so that what else the machine does meets both. Beside the rates: the processor time of each change, which others disturb less.
 */
final class DigestMeasure implements Measure {

    private static final double MOST_LOST_PERCENT = 10;
    private static final int WARM_UP_SECONDS = 15;
    private static final int QUICK_WARM_UP_SECONDS = 2;
    private static final int TURNS = 6;
    private static final int SESSIONS_PER_TURN = 10_000_000;

    @Override
    public String name() {
        return "digest";
    }

    @Override
    public String about() {
        return "changes copied per second with contents compared and without, two pairs in turn";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        BenchPair comparing = ChangesMeasure.loaded(workshop, name() + "-on", plan -> plan);
        BenchPair not = ChangesMeasure.loaded(workshop, name() + "-off", plan -> plan.group("digest_interval_ms", 0));
        int warmUp = workshop.quick() ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS;
        int seconds = Math.max(1, workshop.seconds() / 2);
        workshop.tell("to warm up");
        turn(workshop, comparing, 0, warmUp);
        turn(workshop, not, 0, warmUp);
        List<Double> rates = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (int turn = 1; turn <= TURNS; turn++) {
            boolean first = turn % 2 == 0;
            Counted before = turn(workshop, first ? comparing : not, turn, seconds);
            Counted after = turn(workshop, first ? not : comparing, turn, seconds);
            Counted with = first ? before : after;
            Counted without = first ? after : before;
            rates.add(with.perSecond() / without.perSecond());
            times.add(without.micros() / with.micros());
            workshop.tell("compared " + Numbers.text(Math.rint(with.perSecond())) + " changes/s, " + Numbers.text(with.micros())
                    + " us each; not compared " + Numbers.text(Math.rint(without.perSecond())) + ", " + Numbers.text(without.micros()));
        }
        return List.of(row("changes/s lost to comparing contents, by processor time per change", times),
                row("changes/s lost to comparing contents, as counted", rates).with("loadAverage", Machine.loadAverage()));
    }

    private static Counted turn(Workshop workshop, BenchPair pair, int turn, int seconds) throws IOException, InterruptedException {
        Counted counted = ChangesMeasure.load(workshop, pair, turn * SESSIONS_PER_TURN, 0, seconds);
        pair.awaitInSync();
        return counted;
    }

    /** The median of the turns, and how far they are apart. */
    private Row row(String what, List<Double> ratios) {
        List<Double> lost = ratios.stream().map(ratio -> 100 * (1 - ratio)).sorted().toList();
        return Row.of(name(), what, (lost.get(TURNS / 2 - 1) + lost.get(TURNS / 2)) / 2, "%").against(Target.atMost(MOST_LOST_PERCENT))
                .with("least", lost.get(0)).with("most", lost.get(TURNS - 1)).with("turns", TURNS);
    }
}
