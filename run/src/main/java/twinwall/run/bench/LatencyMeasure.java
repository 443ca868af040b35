/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * From a table change on A to the changed table on B, at 1,000 changes a second with quick backup. Both processes read the machine's
 * monotonic clock; A writes it into the entry, B subtracts once the entry is in its table.
 */
final class LatencyMeasure implements Measure {

    private static final int PER_SECOND = 1000;
    private static final int WARM_UP_SECONDS = 20;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String about() {
        return "time from a table change on A to the change in B's table";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        BenchPair pair = BenchPair.plan(workshop, name()).hello(1000, 5).quickBackup().make(workshop);
        pair.startBoth();
        int warmUp = workshop.quick() ? 3 : WARM_UP_SECONDS;
        workshop.tell("warming up for " + warmUp + " s");
        pair.a().ask("change " + 4 * PER_SECOND + " " + TimeUnit.SECONDS.toMillis(warmUp));
        collect(pair);
        String load = Machine.loadAverage();
        workshop.tell("measuring for " + workshop.seconds() + " s");
        long made = pair.a().ask("change " + PER_SECOND + " " + TimeUnit.SECONDS.toMillis(workshop.seconds())).number("changes");
        Reply found = collect(pair);
        String also = "load average before " + load + ", after " + Machine.loadAverage();
        return List.of(
                row("p50", found.number("p50"), 126).with("p999us", micros(found.number("p999"))).with("maxUs", micros(found.number("max")))
                        .with("changes", made).with("arrived", found.number("count")).with("alsoRan", also),
                row("p99", found.number("p99"), 244).with("alsoRan", also));
    }

    /** Everything that was sent has come before what came is asked for. */
    private static Reply collect(BenchPair pair) throws IOException {
        long onA = pair.a().status().number("latencyEntries");
        pair.b().await("equal to A", 20, status -> status.number("latencyEntries") == onA);
        return pair.b().ask("latencies");
    }

    private Row row(String rank, long nanos, double conntrackd) {
        return Row.of(name(), "change on A to change on B at 1,000/s, " + rank, micros(nanos), "us").against(Target.atMost(conntrackd))
                .beside("conntrackd (quoted)", conntrackd);
    }

    private static double micros(long nanos) {
        return nanos / 1e3;
    }
}
