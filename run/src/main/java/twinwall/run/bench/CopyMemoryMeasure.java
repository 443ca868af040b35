/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Two firewalls in sync send each other a large table whole, on command: how much heap is in use meanwhile beyond what is in use before.
 * Both snapshots run at once, so each process sends one and takes one.
 */
final class CopyMemoryMeasure implements Measure {

    private static final int SESSIONS = 4_000_000;
    private static final int QUICK_SESSIONS = 100_000;
    private static final int HELLO_MILLIS = 1000;
    private static final int MISSES = 60;
    private static final int WITHIN_SECONDS = 900;
    private static final int LOOK_EVERY_MILLIS = 1500;
    private static final int BYTES_PER_SESSION = 640;
    private static final int ROOM_MIB = 512;
    private static final double MIB = 1 << 20;
    private static final int MOST_MIB = 16;

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public String about() {
        return "heap in use while 4 M sessions are sent whole, both ways, beyond what the tables take";
    }

    @Override
    public boolean onlyByName() {
        return true;
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        int sessions = workshop.quick() ? QUICK_SESSIONS : SESSIONS;
        long heap = ROOM_MIB + (long) (sessions * BYTES_PER_SESSION / MIB);
        BenchPair pair = BenchPair.plan(workshop, name()).hello(HELLO_MILLIS, MISSES).firewall("max_sessions", sessions)
                .group("digest_interval_ms", 0).jvm("-Xms256m -Xmx" + heap + "m -XX:+UseParallelGC").make(workshop);
        pair.startBothInOrder();
        workshop.tell("setting up " + Numbers.text(sessions) + " sessions on A");
        Reply made = pair.a().ask("establish 0 " + sessions);
        if (made.number("refused") > 0) {
            throw new IOException("A refused " + made.number("refused") + " packets");
        }
        pair.b().await("with every session", WITHIN_SECONDS, status -> status.number("sessions") == sessions && status.flag("ready"));
        long beforeA = pair.a().ask("heap").number("used");
        long beforeB = pair.b().ask("heap").number("used");
        workshop.tell("in use before: " + Math.round(beforeA / MIB) + " MiB on A, " + Math.round(beforeB / MIB) + " MiB on B");
        long bytesBefore = pair.a().status().number("linkSent");
        long begun = System.nanoTime();
        CompletableFuture<Reply> copied = pair.a().asking("sync");
        long mostA = 0;
        long mostB = 0;
        int looked = 0;
        while (!copied.isDone()) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            if (!copied.isDone()) {
                mostA = Math.max(mostA, pair.a().ask("live").number("used"));
                mostB = Math.max(mostB, pair.b().ask("live").number("used"));
                looked++;
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long sent = pair.a().status().number("linkSent") - bytesBefore;
        long least = Math.min(beforeA, pair.a().ask("heap").number("used"));
        if (looked == 0 || !copied.join().flag("done")) {
            throw new IOException(looked == 0 ? "the tables were copied before the heap was looked at" : copied.join().text("message"));
        }
        return List.of(row("A", sessions, (mostA - least) / MIB).with("seconds", seconds).with("looked", looked)
                        .with("beforeMiB", Math.rint(beforeA / MIB)).with("linkMiBSent", Math.rint(sent / MIB))
                        .with("loadAverage", Machine.loadAverage()),
                row("B", sessions, (mostB - Math.min(beforeB, pair.b().ask("heap").number("used"))) / MIB)
                        .with("beforeMiB", Math.rint(beforeB / MIB)));
    }

    private Row row(String where, int sessions, double mib) {
        return Row.of(name(), "heap of " + where + " while " + Numbers.text(sessions) + " sessions are sent both ways, more than before",
                mib, "MiB").against(Target.atMost(MOST_MIB));
    }
}
