/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;

/** What it costs to compare contents all the time: changes copied per second with and without it, one after the other. */
final class DigestMeasure implements Measure {

    private static final double MOST_LOST_PERCENT = 10;

    @Override
    public String name() {
        return "digest";
    }

    @Override
    public String about() {
        return "changes copied per second with contents compared and without, in one run";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        workshop.tell("contents are not compared");
        double without = ChangesMeasure.counted(workshop, name(), plan -> plan.group("digest_interval_ms", 0)).perSecond();
        workshop.tell("contents are compared, as by default");
        double with = ChangesMeasure.counted(workshop, name(), plan -> plan).perSecond();
        workshop.tell("contents are not compared, once more: the machine may have changed");
        double again = ChangesMeasure.counted(workshop, name(), plan -> plan.group("digest_interval_ms", 0)).perSecond();
        double mean = (without + again) / 2;
        return List.of(Row.of(name(), "changes/s lost to comparing contents", 100 * (1 - with / mean), "%")
                .against(Target.atMost(MOST_LOST_PERCENT)).with("perSecondCompared", with).with("perSecondNotBefore", without)
                .with("perSecondNotAfter", again).with("loadAverage", Machine.loadAverage()));
    }
}
