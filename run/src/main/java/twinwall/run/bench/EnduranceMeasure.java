/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The fast profile for minutes: sessions through the active firewall all the time, and a full collection of garbage forced in each process
 * every few seconds. Counts how often the standby took over although nothing had failed, and the longest stop of either process.
 */
final class EnduranceMeasure implements Measure {

    private static final int HELLO_MILLIS = 50;
    private static final int MISSES = 3;
    private static final int SESSIONS_PER_SECOND = 2000;
    /** As run/node starts it. */
    private static final String COLLECTOR = "-XX:+UseZGC";
    private static final int BETWEEN_COLLECTIONS_MILLIS = 3000;

    @Override
    public String name() {
        return "endurance";
    }

    @Override
    public String about() {
        return "hellos of 50 ms x 3 under load with forced full collections: takeovers without a fault";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        BenchPair pair = BenchPair.plan(workshop, name()).hello(HELLO_MILLIS, MISSES).quickBackup().group("preemption", false)
                .firewall("tcp_established_timeout_s", 60).jvm(COLLECTOR).make(workshop);
        pair.startBoth();
        pair.a().ask("offer 0 " + SESSIONS_PER_SECOND);
        pair.b().ask("offer 100000000 " + SESSIONS_PER_SECOND);
        String before = Machine.loadAverage();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(workshop.minutes());
        BenchNode active = pair.a();
        int takeovers = 0;
        int collections = 0;
        long begunByOther = 0;
        long told = System.nanoTime();
        while (System.nanoTime() < end) {
            for (BenchNode node : new BenchNode[] {pair.a(), pair.b()}) {
                node.ask("collect");
                collections++;
                Thread.sleep(BETWEEN_COLLECTIONS_MILLIS / 2);
            }
            BenchNode now = activeOf(pair, active);
            // It may have taken over and given back between two looks: then it has begun sessions.
            long begun = pair.other(active).ask("offered").number("begun");
            takeovers += now != active || begun > begunByOther ? 1 : 0;
            active = now;
            begunByOther = pair.other(active).ask("offered").number("begun");
            if (System.nanoTime() - told > TimeUnit.MINUTES.toNanos(1)) {
                told = System.nanoTime();
                workshop.tell(collections + " full collections, " + takeovers + " takeovers, load average " + Machine.loadAverage());
            }
        }
        Reply a = pair.a().ask("pauses");
        Reply b = pair.b().ask("pauses");
        return List.of(Row.of(name(), "takeovers without a fault, hello " + HELLO_MILLIS + " ms x " + MISSES + ", " + workshop.minutes()
                + " min under load with full collections", takeovers, "takeovers").against(Target.atMost(0))
                .with("fullCollections", collections).with("begunOnA", pair.a().ask("withdraw").number("begun"))
                .with("begunOnB", pair.b().ask("withdraw").number("begun")).with("loadAverageBefore", before)
                .with("loadAverageAfter", Machine.loadAverage()),
            Row.of(name(), "longest collection of garbage, either process", Math.max(a.number("collectionMillis"),
                b.number("collectionMillis")), "ms").with("a", a.number("collectionMillis")).with("b", b.number("collectionMillis"))
                .with("collector", a.text("collector")),
            Row.of(name(), "longest time a thread that wakes every 10 ms was late, either process", Math.max(a.number("lateMicros"),
                b.number("lateMicros")) / 1000.0, "ms").with("a", a.number("lateMicros") / 1000.0)
                .with("b", b.number("lateMicros") / 1000.0));
    }

    /** Whoever forwards; the one before while neither or both say so. */
    private static BenchNode activeOf(BenchPair pair, BenchNode before) throws IOException {
        boolean a = pair.a().status().text("role").equals("active");
        boolean b = pair.b().status().text("role").equals("active");
        return a == b ? before : a ? pair.a() : pair.b();
    }
}
