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
 * packet and the new one's first, and what the new one refuses after its first.
 */
final class HandoverLossMeasure implements Measure {

    private static final int SESSIONS = 1000;
    private static final int PACKETS_PER_SECOND = 20_000;
    private static final int LATER_MILLIS = 100;

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
        BenchPair pair = BenchPair.plan(workshop, name()).hello(100, 10).quickBackup().group("preemption", false).make(workshop);
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
            switchovers.ask(active);
            next.await("active", 20, status -> status.text("role").equals("active"));
            Thread.sleep(LATER_MILLIS);
            long last = active.ask("packeted").number("lastForwarded");
            Reply taken = next.ask("packeted");
            long first = taken.number("firstForwarded");
            long here = active.ask("refused-between " + last + " " + first).number("count")
                    + next.ask("refused-between " + first + " " + Long.MAX_VALUE).number("count");
            gaps[round] = first - last;
            lost += here;
            most = Math.max(most, here);
            without += here == 0 ? 1 : 0;
            active = next;
        }
        Percentiles gap = Percentiles.of(gaps, rounds);
        return List.of(Row.of(name(), "packets lost in " + rounds + " switchovers under " + Numbers.text(PACKETS_PER_SECOND)
                + " packets/s", lost, "packets").against(Target.atMost(0)).with("mostInOne", most).with("switchoversWithoutLoss", without)
                .with("gapP50Ms", gap.p50() / 1e6).with("gapMaxMs", gap.max() / 1e6).with("refusedForNow", switchovers.refused())
                .with("loadAverage", Machine.loadAverage()));
    }
}
