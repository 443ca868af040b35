/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Changes of IPv4 sessions copied a second, sustained, with quick backup: sessions begin, are answered, set up and reset, in blocks large
 * enough that every packet is a change that the peer gets by itself. What counts is what B has applied. Beside it the limit: as many
 * bytes per change through a bare TLS 1.3 connection between two processes, decoded and put into a map.
 */
final class ChangesMeasure implements Measure {

    private static final int WARM_UP_SECONDS = 15;
    private static final int FIRST = 0;
    /** These stay, so that the tables that are compared at the end are not empty. */
    private static final int STANDING = 100_000;
    private static final int FIRST_STANDING = 150_000_000;

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public String about() {
        return "changes of ipv4-session copied per second over TLS, both firewalls on this machine";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        BenchPair pair = loaded(workshop, name(), plan -> plan);
        profile(pair, WARM_UP_SECONDS + workshop.seconds());
        Counted counted = load(workshop, pair, FIRST, WARM_UP_SECONDS, workshop.seconds());
        pair.awaitInSync();
        long onA = settled(pair.a());
        long onB = pair.b().await("equal to A", 60, status -> status.number("sessions") == onA).number("sessions");
        if (onA != STANDING) {
            throw new IOException("A has " + onA + " sessions after the load instead of the " + STANDING + " that stay");
        }
        Row changes = Row.of(name(), "changes of ipv4-session applied on B, quick backup, TLS", counted.perSecond(), "changes/s")
                .against(Target.atLeast(300_000)).with("seconds", counted.seconds).with("applied", counted.applied)
                .with("packetsRefused", counted.refused).with("sessionsOnA", onA).with("sessionsOnB", onB)
                .with("lagAtEnd", pair.a().status().number("lag"))
                .with("bytesPerChange", counted.bytesPerChange()).with("cpuMicrosPerChangeA", counted.microsA())
                .with("cpuMicrosPerChangeB", counted.microsB());
        pair.a().close();
        pair.b().close();
        workshop.tell("the limit: bare TLS with " + Numbers.text(counted.bytesPerChange()) + " bytes per change");
        Path keys = pair.folder().resolve("fw-a").resolve("keys");
        TlsLimit.Outcome limit = TlsLimit.measure(workshop, keys, (int) Math.round(counted.bytesPerChange()), workshop.quick() ? 3 : 10);
        return List.of(changes.beside("bare TLS, same bytes", limit.perSecond()).with("limitCpuMicrosPerChange", limit.cpuMicros()),
                Row.of(name(), "processor time per change, both firewalls", counted.micros(), "us")
                        .beside("bare TLS, both ends", limit.cpuMicros()));
    }

    /** Two firewalls for the load, with sessions that stay. */
    static BenchPair loaded(Workshop workshop, String name, UnaryOperator<BenchPair.Plan> more) throws IOException {
        BenchPair pair = more.apply(BenchPair.plan(workshop, name).hello(200, 10).quickBackup().firewall("closed_timeout_s", 1)
                .firewall("tcp_new_timeout_s", 600).firewall("tcp_answered_timeout_s", 600)).make(workshop);
        pair.startBothInOrder();
        pair.a().ask("establish " + FIRST_STANDING + " " + STANDING);
        return pair;
    }

    /** The load for so many seconds, after so many that do not count; {@code first}: number of its first session. */
    static Counted load(Workshop workshop, BenchPair pair, int first, int warmUpSeconds, int seconds)
            throws IOException, InterruptedException {
        long millis = TimeUnit.SECONDS.toMillis(warmUpSeconds + seconds + 1);
        CompletableFuture<Reply> load = pair.a().asking("churn " + first + " " + millis);
        Thread.sleep(TimeUnit.SECONDS.toMillis(warmUpSeconds));
        Moment begin = Moment.of(pair);
        Moment last = begin;
        for (int second = 1; second <= seconds; second++) {
            Thread.sleep(1000);
            Moment now = Moment.of(pair);
            if (second % 5 == 0 || second == seconds) {
                workshop.tell(second + " s: " + Numbers.text(Math.rint(new Counted(last, now, 0).perSecond())) + " changes/s, lag "
                        + now.lag);
                last = now;
            }
        }
        Moment end = Moment.of(pair);
        try {
            return new Counted(begin, end, load.join().number("refused"));
        } catch (CompletionException e) {
            throw new IOException("the load on A failed: " + e.getCause().getMessage(), e);
        }
    }

    /** For whoever looks for hot spots: TWINWALL_BENCH_PROFILE names a folder for recordings of both JVMs. */
    private static void profile(BenchPair pair, int seconds) throws IOException, InterruptedException {
        String folder = System.getenv("TWINWALL_BENCH_PROFILE");
        if (folder == null) {
            return;
        }
        Files.createDirectories(Path.of(folder));
        for (BenchNode node : new BenchNode[] {pair.a(), pair.b()}) {
            new ProcessBuilder("jcmd", String.valueOf(node.pid()), "JFR.start", "duration=" + seconds + "s", "settings=profile",
                    "filename=" + Path.of(folder, node.name() + ".jfr")).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        }
    }

    /** The last sessions of the load time out; then the table is at rest. */
    private static long settled(BenchNode node) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long before = -1;
        long now = node.status().number("sessions");
        while (now != before && System.nanoTime() < end) {
            Thread.sleep(2000);
            before = now;
            now = node.status().number("sessions");
        }
        return now;
    }

    /** What both firewalls had counted at one time. */
    private record Moment(long nanos, long applied, long lag, long bytes, long cpuA, long cpuB) {

        static Moment of(BenchPair pair) throws IOException {
            Reply onB = pair.b().status();
            Reply onA = pair.a().status();
            return new Moment(System.nanoTime(), onB.number("applied"), onA.number("lag"),
                    onA.number("linkSent") + onA.number("linkReceived"), pair.a().cpu().toNanos(), pair.b().cpu().toNanos());
        }
    }

    /** Between two moments. */
    static final class Counted {

        private final double seconds;
        private final long applied;
        private final long bytes;
        private final long cpuA;
        private final long cpuB;
        private final long refused;

        private Counted(Moment begin, Moment end, long refused) {
            seconds = (end.nanos - begin.nanos) / 1e9;
            applied = end.applied - begin.applied;
            bytes = end.bytes - begin.bytes;
            cpuA = end.cpuA - begin.cpuA;
            cpuB = end.cpuB - begin.cpuB;
            this.refused = refused;
        }

        double perSecond() {
            return applied / seconds;
        }

        double bytesPerChange() {
            return (double) bytes / Math.max(1, applied);
        }

        double micros() {
            return microsA() + microsB();
        }

        double microsA() {
            return cpuA / 1e3 / Math.max(1, applied);
        }

        double microsB() {
            return cpuB / 1e3 / Math.max(1, applied);
        }
    }
}
