/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What confirm before forward adds to a session's first packet, at 2,000 new sessions a second on loopback with TLS: how long the SYN is
 * inside A, beside the same traffic with quick backup alone.
 */
final class ConfirmMeasure implements Measure {

    private static final int PER_SECOND = 2000;
    /** So long that every wait is measured to its end. */
    private static final int BOUND_MILLIS = 1000;
    private static final int WARM_UP_SECONDS = 15;
    private static final int MOST_SECONDS = 20;
    private static final int MEASURED_FROM = 1_000_000;
    private static final double MOST_ADDED_MICROS = 1000;

    @Override
    public String name() {
        return "confirm";
    }

    @Override
    public String about() {
        return "what confirm before forward adds to a session's first packet";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        Reply without = measured(workshop, false);
        Reply with = measured(workshop, true);
        return List.of(row("p50", without, with), row("p99", without, with).against(Target.atMost(MOST_ADDED_MICROS)));
    }

    private Reply measured(Workshop workshop, boolean confirm) throws IOException, InterruptedException {
        String mode = confirm ? "with confirm" : "quick backup alone";
        BenchPair pair = BenchPair.plan(workshop, name() + (confirm ? "-on" : "-off")).hello(1000, 5).quickBackup()
                .firewall("confirm_before_forward", confirm).firewall("confirm_bound_ms", BOUND_MILLIS)
                .firewall("tcp_new_timeout_s", 5).make(workshop);
        pair.startBoth();
        workshop.tell(mode + ": warming up");
        begin(pair, 0, workshop.quick() ? 3 : WARM_UP_SECONDS);
        workshop.tell(mode + ": measuring, load average " + Machine.loadAverage());
        Reply found = begin(pair, MEASURED_FROM, Math.min(MOST_SECONDS, workshop.seconds()));
        workshop.closeAll();
        return found;
    }

    private static Reply begin(BenchPair pair, int first, int seconds) throws IOException {
        return pair.a().ask("begin " + first + " " + PER_SECOND + " " + TimeUnit.SECONDS.toMillis(seconds));
    }

    private Row row(String rank, Reply without, Reply with) {
        return Row.of(name(), "added to the SYN's way through A at 2,000 new sessions/s, " + rank,
                micros(with, rank) - micros(without, rank), "us")
                .beside("SYN through A, quick backup alone", micros(without, rank)).with("withConfirmUs", micros(with, rank))
                .with("maxUs", micros(with, "max")).with("sessions", with.number("count")).with("held", with.number("held"))
                .with("boundHit", with.number("boundHit")).with("fellBack", with.number("fellBack"))
                .with("alsoRan", "load average after " + Machine.loadAverage());
    }

    private static double micros(Reply reply, String rank) {
        return reply.number(rank) / 1e3;
    }
}
