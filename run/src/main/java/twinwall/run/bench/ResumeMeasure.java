/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;

import twinwall.run.trials.wiring.LoopbackWiring;
import twinwall.run.trials.wiring.Wire;
import twinwall.run.trials.wiring.Wiring;

/** All links are lost for ten seconds under load, for a time too short to be a death: what is sent afterwards, and how long that takes. */
final class ResumeMeasure implements Measure {

    private static final int STANDING = 500_000;
    private static final int QUICK_STANDING = 20_000;
    private static final int FIRST_STANDING = 150_000_000;
    private static final int CHANGES_PER_SECOND = 50_000;
    private static final int QUICK_CHANGES_PER_SECOND = 2_000;
    /** SYN, SYN-ACK, ACK: each changes the session. */
    private static final int CHANGES_EACH = 3;
    private static final int LOSS_MILLIS = 10_000;
    private static final int HELLO_MILLIS = 1000;
    private static final int MISSES = 30;
    private static final int MOST_SECONDS = 1;

    @Override
    public String name() {
        return "resume";
    }

    @Override
    public String about() {
        return "links lost for 10 s under 50,000 changes/s: only the gap is sent, and how long that takes";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        int standing = workshop.quick() ? QUICK_STANDING : STANDING;
        int rate = workshop.quick() ? QUICK_CHANGES_PER_SECOND : CHANGES_PER_SECOND;
        Wiring wiring = workshop.own(new LoopbackWiring());
        BenchPair pair = BenchPair.plan(workshop, name()).hello(HELLO_MILLIS, MISSES).quickBackup().wiring(wiring).make(workshop);
        pair.startBothInOrder();
        pair.a().ask("establish " + FIRST_STANDING + " " + standing);
        pair.awaitInSync();
        pair.a().ask("offer 0 " + rate / CHANGES_EACH);
        Thread.sleep(LOSS_MILLIS / 2);
        for (Wire wire : wiring.wires()) {
            wire.silence();
        }
        Thread.sleep(LOSS_MILLIS);
        Reply before = pair.a().status();
        long appliedBefore = pair.b().status().number("applied");
        long gap = before.number("lag");
        long healed = System.nanoTime();
        for (Wire wire : wiring.wires()) {
            wire.heal();
        }
        long limit = rate / 10;
        Reply caught = pair.a().await("followed again", BenchPair.PATIENCE_SECONDS, status -> status.flag("inSync")
                && status.number("lag") < limit);
        double seconds = (caught.number("nanos") - healed) / 1e9;
        long applied = pair.b().status().number("applied") - appliedBefore;
        pair.a().ask("withdraw");
        pair.awaitInSync();
        if (applied > gap + (long) (rate * (seconds + 1)) && applied >= standing) {
            throw new IOException(applied + " entries were sent for a gap of " + gap + ": the table was copied");
        }
        return List.of(Row.of(name(), "links lost for " + LOSS_MILLIS / 1000 + " s under " + Numbers.text(rate)
                + " changes/s: until the peer follows again", seconds, "s").against(Target.atMost(MOST_SECONDS)).with("gapEntries", gap)
                .with("entriesApplied", applied).with("standingSessions", standing).with("loadAverage", Machine.loadAverage()));
    }
}
