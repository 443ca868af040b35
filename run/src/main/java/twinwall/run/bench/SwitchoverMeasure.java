/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;

import twinwall.bench.Percentiles;

/**
 * Planned switchovers back and forth while both firewalls are offered new sessions all the time: the entries lost, exactly, and the gap
 * between the last packet that the one forwarded and the first that the other did.
 */
final class SwitchoverMeasure implements Measure {

    private static final int SESSIONS_PER_SECOND = 5000;
    /** Connections of B have other numbers than those of A. */
    private static final int FIRST_OF_B = 100_000_000;

    @Override
    public String name() {
        return "switchover";
    }

    @Override
    public String about() {
        return "planned switchovers under load: entries lost, gap";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        BenchPair pair = BenchPair.plan(workshop, name()).hello(100, 10).quickBackup().firewall("tcp_new_timeout_s", 36_000)
                .firewall("tcp_answered_timeout_s", 36_000).firewall("tcp_established_timeout_s", 36_000).make(workshop);
        pair.startBoth();
        pair.a().ask("offer 0 " + SESSIONS_PER_SECOND);
        pair.b().ask("offer " + FIRST_OF_B + " " + SESSIONS_PER_SECOND);
        long began = System.nanoTime();
        int rounds = workshop.rounds();
        long[] gaps = new long[rounds];
        BenchNode active = pair.a();
        Switchovers switchovers = new Switchovers(workshop);
        for (int round = 0; round < rounds; round++) {
            pair.awaitInSyncUnderLoad();
            gaps[round] = switchOver(active, pair.other(active), switchovers);
            active = pair.other(active);
            if ((round + 1) % 10 == 0 || round + 1 == rounds) {
                workshop.tell((round + 1) + " switchovers");
            }
        }
        long begun = pair.a().ask("withdraw").number("begun") + pair.b().ask("withdraw").number("begun");
        double seconds = (System.nanoTime() - began) / 1e9;
        pair.awaitInSync();
        long onA = pair.a().status().number("sessions");
        long onB = pair.b().status().number("sessions");
        Percentiles gap = Percentiles.of(gaps, rounds);
        return List.of(
                Row.of(name(), "entries lost in " + rounds + " switchovers under load",
                        begun - Math.min(onA, onB), "entries").against(Target.atMost(0)).with("sessionsBegun", begun)
                        .with("offeredPerSecond", SESSIONS_PER_SECOND).with("begunPerSecond", Math.rint(begun / seconds))
                        .with("sessionsOnA", onA).with("sessionsOnB", onB),
                Row.of(name(), "gap between last packet of one and first of the other, p50", gap.p50() / 1e6, "ms")
                        .with("maxMs", gap.max() / 1e6).with("p99Ms", gap.p99() / 1e6).with("switchovers", rounds)
                        .with("refusedForNow", switchovers.refused()));
    }

    /** A switchover that the firewall refuses for now, with its reason, is asked for again. */
    private static long switchOver(BenchNode from, BenchNode to, Switchovers switchovers) throws IOException, InterruptedException {
        switchovers.ask(from);
        to.await("active", 20, status -> status.text("role").equals("active"));
        long first = forwardedSince(to);
        return first - from.ask("offered").number("lastForwarded");
    }

    private static long forwardedSince(BenchNode node) throws IOException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < end) {
            Reply offered = node.ask("offered");
            if (offered.flag("forwarding")) {
                return offered.number("firstForwarded");
            }
        }
        throw new IOException(node.name() + " is active but forwarded nothing within 20 s");
    }
}
