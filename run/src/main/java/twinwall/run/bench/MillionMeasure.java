/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * What a large table costs: the time until a freshly started B has every session of A, from the moment the link is up; the heap of both;
 * and how much of A's heap is the engine's, by taking the group away from A and looking again at the same table.
 */
final class MillionMeasure implements Measure {

    private static final int SESSIONS = 1_000_000;
    private static final int QUICK_SESSIONS = 100_000;
    private static final int HELLO_MILLIS = 200;
    private static final int MIB = 1 << 20;
    private static final int SETTLE_SECONDS = 15;
    /** Whatever knows an entry by a hash and a stamp needs more. */
    private static final long LEAST_BYTES = 12;

    private final String name;

    /** As {@code snapshot} or {@code memory}: one run gives both. */
    MillionMeasure(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String about() {
        return name.equals("snapshot") ? "time until a new peer has a table of 1 M sessions" : "heap of the engine per backed-up session";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        int sessions = workshop.quick() ? QUICK_SESSIONS : SESSIONS;
        BenchPair pair = BenchPair.plan(workshop, name).hello(HELLO_MILLIS, 10).make(workshop);
        BenchNode a = pair.startA();
        a.await("active", BenchPair.PATIENCE_SECONDS, status -> status.text("role").equals("active"));
        workshop.tell("setting up " + Numbers.text(sessions) + " sessions on A");
        Reply made = a.ask("establish 0 " + sessions);
        require(made.number("refused") == 0, "A refused " + made.number("refused") + " packets");
        long before = a.ask("heap").number("used");
        BenchNode b = pair.startB();
        long linkUp = a.await("linked", 60, status -> status.flag("running")).number("nanos");
        Reply ready = a.await("followed by a peer that is ready", BenchPair.PATIENCE_SECONDS,
                status -> status.flag("peerReady") && status.flag("inSync"));
        double seconds = (ready.number("nanos") - linkUp) / 1e9;
        workshop.tell("B is ready after " + Numbers.text(seconds) + " s");
        pair.awaitInSync();
        long onB = b.status().number("sessions");
        require(onB == sessions, "B has " + onB + " sessions instead of " + sessions);
        long heapA = a.ask("heap").number("used");
        long heapB = b.ask("heap").number("used");
        if (name.equals("snapshot")) {
            return List.of(Row.of(name, "snapshot of " + Numbers.text(sessions) + " IPv4 sessions, from link up to B ready", seconds, "s")
                    .against(Target.atMost(5)).with("sessionsPerSecond", Math.rint(sessions / seconds)).with("heapMiBOnA", heapA / MIB)
                    .with("heapMiBOnB", heapB / MIB).with("heapMiBOnABeforeB", before / MIB));
        }
        b.close();
        return List.of(memory(pair, a, sessions, heapA));
    }

    private Row memory(BenchPair pair, BenchNode a, int sessions, long withGroup) throws IOException, InterruptedException {
        // The node notices that the group is no longer configured, and the engine goes; the firewall and its table stay.
        Files.delete(pair.a().side().folder().resolve("twinwall.group.cfg"));
        a.await("without a group", 30, status -> status.text("role").equals("none"));
        long without = settledHeap(a);
        long left = a.status().number("sessions");
        require(left == sessions, "A has " + left + " sessions left instead of " + sessions);
        require(withGroup - without > sessions * LEAST_BYTES, "the heap did not shrink when the group went, " + withGroup + " and then "
                + without + " bytes: what the engine knew is still held");
        return Row.of(name, "heap of the engine beyond the table, " + Numbers.text(sessions) + " sessions in sync",
                (double) (withGroup - without) / sessions, "bytes/entry").against(Target.atMost(64))
                .beside("conntrackd's cache (quoted)", 520).with("heapMiBWithGroup", withGroup / MIB)
                .with("heapMiBWithoutGroup", without / MIB);
    }

    /** The last references go a moment after the engine has ended. */
    private static long settledHeap(BenchNode node) throws IOException, InterruptedException {
        long before = Long.MAX_VALUE;
        long now = node.ask("heap").number("used");
        for (int i = 0; i < SETTLE_SECONDS && (i < 3 || before - now > before / 1000); i++) {
            Thread.sleep(1000);
            before = now;
            now = node.ask("heap").number("used");
        }
        return now;
    }

    private static void require(boolean condition, String message) throws IOException {
        if (!condition) {
            throw new IOException(message);
        }
    }
}
