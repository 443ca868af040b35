/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;

/** Millions of sessions on one firewall and then on both: how much heap each needs, and how long the copy lasts. */
final class ScaleMeasure implements Measure {

    /** Collections of so large heaps last seconds on a small machine: they are no death. */
    private static final int HELLO_MILLIS = 1000;
    private static final int MISSES = 30;
    private static final int WITHIN_SECONDS = 1800;
    private static final int MIB = 1 << 20;
    private static final int BYTES_PER_SESSION = 640;
    private static final int ROOM_MIB = 512;

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String about() {
        return "10 M IPv4 sessions, or --sessions, on one firewall and copied to the other; heap of each";
    }

    @Override
    public boolean onlyByName() {
        return true;
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        int sessions = workshop.sessions();
        long heap = ROOM_MIB + (long) sessions * BYTES_PER_SESSION / MIB;
        BenchPair pair = BenchPair.plan(workshop, name()).hello(HELLO_MILLIS, MISSES).firewall("max_sessions", sessions)
                .jvm("-Xms256m -Xmx" + heap + "m -XX:+UseParallelGC").make(workshop);
        BenchNode a = pair.startA();
        a.await("active", BenchPair.PATIENCE_SECONDS, status -> status.text("role").equals("active"));
        workshop.tell("setting up " + Numbers.text(sessions) + " sessions on A");
        Reply made = a.ask("establish 0 " + sessions);
        if (made.number("refused") > 0) {
            throw new IOException("A refused " + made.number("refused") + " packets");
        }
        long alone = a.ask("heap").number("used");
        workshop.tell("A holds them in " + alone / MIB + " MiB");
        BenchNode b = pair.startB();
        long linkUp = a.await("linked", WITHIN_SECONDS, status -> status.flag("running")).number("nanos");
        Reply ready = a.await("followed by a peer that is ready", WITHIN_SECONDS,
                status -> status.flag("peerReady") && status.flag("inSync"));
        double seconds = (ready.number("nanos") - linkUp) / 1e9;
        long onB = b.status().number("sessions");
        if (onB != sessions) {
            throw new IOException("B has " + onB + " sessions instead of " + sessions);
        }
        long heapA = a.ask("heap").number("used");
        long heapB = b.ask("heap").number("used");
        return List.of(Row.of(name(), Numbers.text(sessions) + " IPv4 sessions: heap in use on A, firewall and engine", heapA / MIB, "MiB")
                        .with("bytesPerSession", heapA / sessions).with("beforeBMiB", alone / MIB).with("largestHeapMiB", heap),
                Row.of(name(), Numbers.text(sessions) + " IPv4 sessions: heap in use on B, firewall and engine", heapB / MIB, "MiB")
                        .with("bytesPerSession", heapB / sessions).with("largestHeapMiB", heap),
                Row.of(name(), Numbers.text(sessions) + " IPv4 sessions: from link up to B ready", seconds, "s")
                        .with("sessionsPerSecond", Math.rint(sessions / seconds)).with("loadAverage", Machine.loadAverage()));
    }
}
