/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import twinwall.run.node.PairFolder;
import twinwall.run.node.Refusal;
import twinwall.run.pair.FirewallPair;
import twinwall.run.pair.NodeApi.Status;
import twinwall.run.pair.NotStartedException;
import twinwall.run.trials.failure.NotAsExpectedException;
import twinwall.run.trials.failure.Scene;
import twinwall.run.trials.wiring.End;
import twinwall.run.trials.wiring.Wire;
import twinwall.run.trials.wiring.Wiring;

/** The two firewalls of a run, on whatever wiring. For one thread, but for {@link #close}. */
public final class TrialPair implements AutoCloseable {

    private static final String FIREWALL = "twinwall.firewall.embedded";
    private static final String GROUP = "twinwall.group";
    private static final long SETTLED_WITHIN_NANOS = 60_000_000_000L;
    private static final long WITHIN_NANOS = 30_000_000_000L;
    private static final long POLL_NANOS = 10_000_000L;

    private final Wiring wiring;
    private final List<TrialNode> nodes;
    private final Path work;
    private boolean counting = true;

    private TrialPair(Path work, Wiring wiring, List<TrialNode> nodes) {
        this.work = work;
        this.wiring = wiring;
        this.nodes = nodes;
    }

    /**
     * Makes config folders in {@code work} and starts both.
     *
     * @param settings what both are told beyond that
     */
    public static TrialPair start(Path work, Wiring wiring, Timing timing, FirewallPair.Settings settings)
            throws IOException, NotStartedException {
        try {
            PairFolder.Plan plan = PairFolder.at(work.resolve("fw-a"), work.resolve("fw-b"))
                    .with(GROUP, "hello_interval_ms", String.valueOf(timing.helloMillis()))
                    .with(GROUP, "hello_misses", String.valueOf(timing.helloMisses()))
                    .with(GROUP, "backup_interval_ms", "20")
                    .with(GROUP, "preemption", "false")
                    // Finished conversations go soon, on both.
                    .with(FIREWALL, "closing_timeout_s", "5")
                    .with(FIREWALL, "closed_timeout_s", "2");
            settings.tell(plan);
            PairFolder folders = plan.make();
            settings.addFiles(folders.a());
            settings.addFiles(folders.b());
            wiring.tell(End.A, folders.a());
            wiring.tell(End.B, folders.b());
            TrialPair pair = new TrialPair(work, wiring,
                    List.of(new TrialNode(End.A, folders.a(), wiring), new TrialNode(End.B, folders.b(), wiring)));
            for (TrialNode node : pair.nodes) {
                node.start();
            }
            return pair;
        } catch (Refusal e) {
            throw new NotStartedException("The firewalls could not be configured: " + e.getMessage());
        }
    }

    /** For whoever compares entries one by one: that both tell the same numbers of entries is not waited for. */
    public void withoutCounting() {
        counting = false;
    }

    /** That firewall. */
    public TrialNode node(End end) {
        return nodes.get(end.ordinal());
    }

    /** Both, A first. */
    public List<TrialNode> nodes() {
        return nodes;
    }

    /** What joins them. */
    public Wiring wiring() {
        return wiring;
    }

    /** Who says that it is active, the first of them; null when nobody does. */
    public End active() {
        for (TrialNode node : nodes) {
            try {
                if (node.status().role().equals("active")) {
                    return node.end();
                }
            } catch (IOException e) {
                // Then it is not.
            }
        }
        return null;
    }

    void await(End end, String what, Predicate<Status> wanted) throws NotAsExpectedException {
        TrialNode node = node(end);
        String last = "";
        for (long until = System.nanoTime() + WITHIN_NANOS; System.nanoTime() < until; LockSupport.parkNanos(POLL_NANOS)) {
            try {
                Status status = node.status();
                if (wanted.test(status)) {
                    return;
                }
                last = status.why();
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
        }
        throw new NotAsExpectedException(node.name() + " was not " + what + " within " + WITHIN_NANOS / 1_000_000_000 + " s (" + last
                + ")");
    }

    /** Writes what both say of themselves beside their logs, for whoever looks for the cause. */
    public void keepStatus(String name) throws IOException {
        for (TrialNode node : nodes) {
            try {
                Files.writeString(work.resolve(name + "-" + node.name() + ".json"), node.status().json() + "\n");
            } catch (IOException e) {
                Files.writeString(work.resolve(name + "-" + node.name() + ".json"), e.getMessage() + "\n");
            }
        }
    }

    /** Mends whatever is broken, so that the pair can find together. */
    public void mend() throws IOException {
        for (Wire wire : wiring.wires()) {
            wire.heal();
        }
        for (TrialNode node : nodes) {
            if (node.paused()) {
                node.resume();
            }
            if (!node.alive()) {
                node.start();
            }
        }
    }

    /**
     * The first {@link #awaitSettled}.
     *
     * @throws NotStartedException with the last lines of both logs
     */
    public void awaitStart() throws NotStartedException {
        try {
            awaitSettled();
        } catch (NotAsExpectedException e) {
            StringBuilder text = new StringBuilder("The firewalls did not start: " + e.getMessage());
            nodes.forEach(node -> text.append("\nThe last lines of ").append(node.name()).append(":\n").append(node.tail()));
            throw new NotStartedException(text.toString());
        }
    }

    /** Waits until one is active, the other standby, ready and in sync, all links up, and both count the same entries, if that counts. */
    public void awaitSettled() throws NotAsExpectedException {
        String last = "";
        for (long until = System.nanoTime() + SETTLED_WITHIN_NANOS; System.nanoTime() < until; LockSupport.parkNanos(POLL_NANOS)) {
            try {
                last = unsettled(nodes.get(0).status(), nodes.get(1).status());
                if (last == null) {
                    return;
                }
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
        }
        throw new NotAsExpectedException("the pair was not in sync within " + SETTLED_WITHIN_NANOS / 1_000_000_000 + " s: " + last);
    }

    private String unsettled(Status a, Status b) {
        if (!(a.role().equals("active") && b.role().equals("standby") || a.role().equals("standby") && b.role().equals("active"))) {
            return "fw-a is " + a.role() + ", fw-b is " + b.role();
        }
        for (Status status : List.of(a, b)) {
            if (!status.ready() || !status.everyTableInSync() || status.atRisk() > 0) {
                return status.role() + ": " + status.why() + "; " + (status.everyTableInSync() ? "" : "tables out of sync; ")
                        + status.atRisk() + " entries at risk";
            }
            for (Wire wire : wiring.wires()) {
                if (!Scene.up(status, wire)) {
                    return status.role() + ": link " + wire.link() + " is "
                            + Scene.linkState(status, wire);
                }
            }
        }
        if (!counting) {
            return null;
        }
        Map<String, Long> onA = entries(a);
        Map<String, Long> onB = entries(b);
        return onA.equals(onB) ? null : "entries on fw-a: " + onA + ", on fw-b: " + onB;
    }

    private static Map<String, Long> entries(Status status) {
        Map<String, Long> entries = new TreeMap<>();
        status.json().getAsJsonArray("tables").forEach(each -> {
            var table = each.getAsJsonObject();
            if (table.get("backedUp").getAsBoolean() && table.get("entries").getAsLong() > 0) {
                entries.put(table.get("type").getAsString(), table.get("entries").getAsLong());
            }
        });
        return entries;
    }

    @Override
    public void close() throws IOException {
        for (TrialNode node : nodes) {
            node.close();
        }
    }
}
