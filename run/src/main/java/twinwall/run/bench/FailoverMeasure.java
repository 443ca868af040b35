/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import twinwall.bench.Percentiles;

/** From SIGKILL of the active firewall to the first packet that the other one forwards, with hellos every 50 ms, three missed. */
final class FailoverMeasure implements Measure {

    private static final int HELLO_MILLIS = 50;
    private static final int MISSES = 3;
    private static final int SESSIONS_PER_SECOND = 2000;
    private static final int SETTLE_MILLIS = 500;
    private static final int CONNECTIONS_PER_ROUND = 1_000_000;

    @Override
    public String name() {
        return "failover";
    }

    @Override
    public String about() {
        return "time from SIGKILL of the active firewall until its peer forwards";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        BenchPair pair = BenchPair.plan(workshop, name()).hello(HELLO_MILLIS, MISSES).quickBackup().make(workshop);
        pair.startBoth();
        int rounds = workshop.quick() ? 1 : 5;
        long[] nanos = new long[rounds];
        BenchNode expected = pair.a();
        int unexpected = 0;
        expected.ask("offer 0 " + SESSIONS_PER_SECOND);
        for (int round = 0; round < rounds; round++) {
            pair.other(expected).ask("offer " + (round + 1) * CONNECTIONS_PER_ROUND + " " + SESSIONS_PER_SECOND);
            Thread.sleep(SETTLE_MILLIS);
            // On a machine that is too busy for hellos this fast, the other one may have taken over by itself.
            BenchNode active = expected.status().text("role").equals("active") ? expected : pair.other(expected);
            BenchNode standby = pair.other(active);
            unexpected += active == expected ? 0 : 1;
            long killed = System.nanoTime();
            active.kill();
            nanos[round] = firstForwarded(standby, killed) - killed;
            workshop.tell("forwarding again after " + Numbers.text(nanos[round] / 1e6) + " ms");
            if (round + 1 < rounds) {
                pair.restart(active);
                pair.awaitInSyncUnderLoad();
            }
            expected = standby;
        }
        Percentiles found = Percentiles.of(nanos, rounds);
        return List.of(Row.of(name(), "SIGKILL to the peer's first forwarded packet, hello " + HELLO_MILLIS + " ms x " + MISSES
                + ", median of " + rounds, found.p50() / 1e6, "ms").against(Target.atMost(200))
                .beside("hello interval x misses", (double) HELLO_MILLIS * MISSES)
                .with("maxMs", found.max() / 1e6).with("over200Ms", over(nanos))
                .with("loadAverage", Machine.loadAverage()).with("takeoversWithoutFault", unexpected));
    }

    private static long over(long[] nanos) {
        return Arrays.stream(nanos).filter(each -> each > 200_000_000).count();
    }

    private static long firstForwarded(BenchNode node, long after) throws IOException {
        long end = after + 30_000_000_000L;
        while (System.nanoTime() < end) {
            Reply offered = node.ask("offered");
            if (offered.number("firstForwarded") > after) {
                return offered.number("firstForwarded");
            }
            LockSupport.parkNanos(2_000_000L);
        }
        throw new IOException(node.name() + " forwarded nothing within 30 s after its peer was killed. Its last lines:\n" + node.tail());
    }
}
