/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;

import twinwall.bench.Percentiles;

/**
 * Packets lost in planned switchovers. Both firewalls are offered the same packets of established sessions at the same pace; which of the
 * two a packet goes to is decided as a router beside them would: to the old active one until the new one announces itself, which it does
 * with the first packet that it could forward; from then on to the new one. So lost is what the old one refused between its last forwarded
 * packet and the new one's first, what the new one refuses after its first, and what either took for the other and did not leave there.
 */
final class HandoverLossMeasure implements Measure {

    private static final int SESSIONS = 1000;
    private static final int PACKETS_PER_SECOND = 20_000;
    /** For so long the old one takes packets for the new one; the default. */
    private static final int HOLD_MILLIS = 1000;
    /** Then none is under way any more. */
    private static final int LATER_MILLIS = 300;
    private static final int PATIENCE_MILLIS = 10_000;

    @Override
    public String name() {
        return "handover";
    }

    @Override
    public String about() {
        return "planned switchovers under 20,000 packets/s: packets lost";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        BenchPair pair = BenchPair.plan(workshop, name()).hello(100, 10).quickBackup().group("preemption", false)
                .firewall("handover_hold_ms", HOLD_MILLIS).make(workshop);
        pair.startBoth();
        pair.a().ask("establish 0 " + SESSIONS);
        pair.awaitInSync();
        pair.a().ask("packets " + SESSIONS + " " + PACKETS_PER_SECOND);
        pair.b().ask("packets " + SESSIONS + " " + PACKETS_PER_SECOND);
        int rounds = workshop.rounds();
        long[] gaps = new long[rounds];
        long lost = 0;
        long most = 0;
        int without = 0;
        BenchNode active = pair.a();
        Switchovers switchovers = new Switchovers(workshop);
        for (int round = 0; round < rounds; round++) {
            BenchNode next = pair.other(active);
            pair.awaitInSyncUnderLoad();
            long before = missing(pair);
            switchovers.ask(active);
            next.await("active", 20, status -> status.text("role").equals("active"));
            Thread.sleep(HOLD_MILLIS + LATER_MILLIS);
            long last = active.ask("packeted").number("lastForwarded");
            long first = next.ask("packeted").number("firstForwarded");
            long here = active.ask("refused-between " + last + " " + first).number("count")
                    + next.ask("refused-between " + first + " " + Long.MAX_VALUE).number("count") + missing(pair) - before;
            gaps[round] = first - last;
            lost += here;
            most = Math.max(most, here);
            without += here == 0 ? 1 : 0;
            active = next;
            if ((round + 1) % 10 == 0 || here > 0) {
                workshop.tell((round + 1) + " switchovers, " + lost + " packets lost, load average " + Machine.loadAverage());
            }
        }
        Percentiles gap = Percentiles.of(gaps, rounds);
        long redirected = pair.a().ask("packeted").number("redirected") + pair.b().ask("packeted").number("redirected");
        return List.of(Row.of(name(), "packets lost in " + rounds + " switchovers under " + Numbers.text(PACKETS_PER_SECOND)
                + " packets/s", lost, "packets").against(Target.atMost(0)).with("mostInOne", most).with("switchoversWithoutLoss", without)
                .with("leftByThePeer", redirected).with("gapP50Ms", gap.p50() / 1e6).with("gapMaxMs", gap.max() / 1e6)
                .with("refusedForNow", switchovers.refused()).with("loadAverage", Machine.loadAverage()));
    }

    /** Packets that one of them took for the other, and that have left by neither; the last of them may be under way for a while. */
    private static long missing(BenchPair pair) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (true) {
            Reply a = pair.a().ask("packeted");
            Reply b = pair.b().ask("packeted");
            long missing = a.number("redirected") + b.number("redirected") - a.number("departed") - b.number("departed");
            if (missing == 0 || System.nanoTime() > end) {
                return missing;
            }
            Thread.sleep(LATER_MILLIS);
        }
    }
}
