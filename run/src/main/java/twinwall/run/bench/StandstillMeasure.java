/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import twinwall.run.pair.Signals;

/** The standby is stopped while sessions go on to begin: what it lacks in the end, and whether the active one said so meanwhile. */
final class StandstillMeasure implements Measure {

    private static final int PER_SECOND = 20_000;
    private static final int WARM_UP_MILLIS = 3000;
    private static final int BEGINNING_MILLIS = 4000;
    private static final int BEFORE_MILLIS = 1000;
    private static final long STOPPED_NANOS = 1_000_000_000L;
    private static final int MEASURED_FROM = 10_000_000;
    /** What the peer of a stopped conntrackd has lost for good with its sample settings, at least. */
    private static final int CONNTRACKD_LOSES = 1300;

    @Override
    public String name() {
        return "standstill";
    }

    @Override
    public String about() {
        return "the standby stopped for 1 s under 20,000 new sessions/s: sessions lost";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        BenchPair pair = BenchPair.plan(workshop, name()).hello(1000, 5).quickBackup().firewall("tcp_new_timeout_s", 36_000)
                .make(workshop);
        pair.startBoth();
        long before = begin(pair, 0, WARM_UP_MILLIS).number("count");
        pair.awaitInSync();
        CompletableFuture<Reply> load = CompletableFuture.supplyAsync(() -> {
            try {
                return begin(pair, MEASURED_FROM, BEGINNING_MILLIS);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        Thread.sleep(BEFORE_MILLIS);
        long mostAtRisk = stopB(pair);
        long resumed = System.nanoTime();
        long begun = before + finished(load).number("count");
        pair.awaitInSync();
        double recoveredMillis = (System.nanoTime() - resumed) / 1e6;
        long onA = pair.a().status().number("sessions");
        long onB = pair.b().status().number("sessions");
        return List.of(Row.of(name(), "sessions that the standby lacks after it stood still for 1 s under 20,000 new sessions/s",
                begun - Math.min(onA, onB), "sessions").against(Target.atMost(0))
                .beside("conntrackd, sample settings, at least (quoted)", CONNTRACKD_LOSES).with("begun", begun).with("sessionsOnA", onA)
                .with("sessionsOnB", onB).with("mostAtRiskShown", mostAtRisk).with("millisUntilNothingIsAtRisk", recoveredMillis)
                .with("loadAverage", Machine.loadAverage()));
    }

    private static Reply begin(BenchPair pair, int first, int millis) throws IOException {
        return pair.a().ask("begin " + first + " " + PER_SECOND + " " + millis);
    }

    /** Gives how many entries A said to be at risk, at most. */
    private static long stopB(BenchPair pair) throws IOException, InterruptedException {
        Process b = pair.b().process();
        long most = 0;
        Signals.pause(b);
        try {
            for (long end = System.nanoTime() + STOPPED_NANOS; System.nanoTime() < end;) {
                most = Math.max(most, pair.a().status().number("atRisk"));
                Thread.sleep(5);
            }
        } finally {
            Signals.resume(b);
        }
        return most;
    }

    private static Reply finished(CompletableFuture<Reply> load) throws IOException {
        try {
            return load.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }
}
