/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.pair;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import twinwall.run.node.PairFolder;
import twinwall.run.node.Refusal;
import twinwall.run.pair.NodeApi.Status;

/**
 * Two firewalls as two processes on loopback, FW_A active and FW_B standby. For one thread, but for {@link #close}, which any thread may
 * call.
 */
public final class FirewallPair implements AutoCloseable {

    /** Hellos as fast as a takeover that nobody notices needs; pauses of a busy small machine must not look like a death. */
    private static final int HELLO_INTERVAL_MS = 100;
    private static final int HELLO_MISSES = 3;
    private static final long READY_WITHIN_NANOS = 60_000_000_000L;
    private static final long TAKEOVER_WITHIN_NANOS = 20_000_000_000L;
    private static final long POLL_NANOS = 5_000_000L;

    private final NodeProcess a;
    private final NodeProcess b;

    private FirewallPair(NodeProcess a, NodeProcess b) {
        this.a = a;
        this.b = b;
    }

    /**
     * Makes the config folders and starts both; they are not ready yet.
     *
     * @param work an existing folder; {@code fw-a} and {@code fw-b} are made in it, with their logs beside them
     * @param without symbolic names of bundles that are left out
     * @param settings what both are told, beyond hellos fast enough for a demonstration
     * @throws NotStartedException when the settings cannot be used; the message is for people
     * @throws IOException when a folder cannot be written or a process cannot be started
     */
    public static FirewallPair start(Path work, Set<String> without, Settings settings) throws IOException, NotStartedException {
        PairFolder.Plan plan = PairFolder.at(work.resolve("fw-a"), work.resolve("fw-b"))
                .with("twinwall.group", "hello_interval_ms", String.valueOf(HELLO_INTERVAL_MS))
                .with("twinwall.group", "hello_misses", String.valueOf(HELLO_MISSES));
        try {
            settings.tell(plan);
            PairFolder pair = plan.make();
            settings.addFiles(pair.a());
            settings.addFiles(pair.b());
            NodeProcess a = NodeProcess.start(pair.a(), without);
            return new FirewallPair(a, NodeProcess.start(pair.b(), without));
        } catch (Refusal e) {
            throw new NotStartedException("The firewalls could not be configured: " + e.getMessage());
        }
    }

    /** What the two firewalls are told. Asked once, before they start, on the thread that starts them. */
    @FunctionalInterface
    public interface Settings {

        /** Adds settings to those of both. */
        void tell(PairFolder.Plan plan) throws IOException;

        /** Adds to the config folder of one of them, and may change what is in it, before it starts. Default: nothing. */
        default void addFiles(PairFolder.Side side) throws IOException {
        }
    }

    /** FW_A. */
    public NodeProcess a() {
        return a;
    }

    /** FW_B. */
    public NodeProcess b() {
        return b;
    }

    /**
     * Waits until FW_A is active, FW_B could take over from it with every table, and both take packets; 60 s at most.
     *
     * @param tables types that must be there
     * @throws NotStartedException when one of them ends, or is not so far in time; the message has the last lines of its log
     */
    public void awaitReady(Collection<String> tables) throws NotStartedException {
        long end = System.nanoTime() + READY_WITHIN_NANOS;
        await(a, end, "active", status -> status.role().equals("active") && status.everyTableInSync()
                && status.types().containsAll(tables));
        await(b, end, "standby and ready", status -> status.role().equals("standby") && status.ready()
                && status.types().containsAll(tables));
        awaitPackets(a, end);
        awaitPackets(b, end);
    }

    /**
     * Waits until both forward (networking {@code load-balancing}) and have each other's tables.
     *
     * @param tables that must be there
     */
    public void awaitSharing(Collection<String> tables) throws NotStartedException {
        long end = System.nanoTime() + READY_WITHIN_NANOS;
        for (NodeProcess node : new NodeProcess[] {a, b}) {
            await(node, end, "load-balancing", status -> status.role().equals("load-balancing") && status.everyTableInSync()
                    && status.types().containsAll(tables));
            awaitPackets(node, end);
        }
    }

    /**
     * Waits until FW_A says that FW_B has everything.
     *
     * @param withinMillis how long at most
     * @return entries still at risk when the time was over; 0 when FW_B has everything
     * @throws IOException when FW_A's management API does not answer
     */
    public long awaitBackup(long withinMillis) throws IOException {
        long end = System.nanoTime() + withinMillis * 1_000_000;
        long atRisk = a.api().status().atRisk();
        while (atRisk > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NANOS);
            atRisk = a.api().status().atRisk();
        }
        return atRisk;
    }

    /**
     * Kills FW_A with SIGKILL and waits until FW_B is active; 20 s at most.
     *
     * @return milliseconds from the kill on
     * @throws NotStartedException when FW_B ends or does not become active in time
     */
    public long failOver() throws IOException, NotStartedException {
        long killed = System.nanoTime();
        a.kill();
        await(b, killed + TAKEOVER_WITHIN_NANOS, "active after " + a.name() + " was killed", status -> status.role().equals("active"));
        return (System.nanoTime() - killed) / 1_000_000;
    }

    /** What a failed conversation with a node means, for people, with the last lines of whichever ended by itself. */
    public NotStartedException explained(IOException failure) {
        StringBuilder text = new StringBuilder("The conversation with the firewalls failed: "
                + (failure.getMessage() == null ? failure.toString() : failure.getMessage()) + ".");
        for (NodeProcess node : new NodeProcess[] {a, b}) {
            if (node.endedByItself()) {
                text.append(' ').append(node.name()).append(" ended by itself. Its last lines:\n").append(node.tail());
            }
        }
        return new NotStartedException(text.toString());
    }

    /** Kills whatever of them still runs. */
    @Override
    public void close() {
        a.close();
        b.close();
    }

    private static void await(NodeProcess node, long end, String what, Predicate<Status> wanted) throws NotStartedException {
        String last = "its management API does not answer";
        while (System.nanoTime() < end) {
            if (!node.alive()) {
                throw new NotStartedException(node.name() + " ended by itself before it was " + what + ". Its last lines:\n" + node.tail());
            }
            try {
                NodeApi api = node.api();
                if (api != null) {
                    Status status = api.status();
                    if (wanted.test(status)) {
                        return;
                    }
                    last = status.why();
                }
            } catch (IOException e) {
                last = e.getMessage() == null ? "its management API does not answer: " + e : e.getMessage();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new NotStartedException(node.name() + " did not become " + what + " in time (" + last + "). Its last lines:\n" + node.tail());
    }

    private static void awaitPackets(NodeProcess node, long end) throws NotStartedException {
        try {
            while (node.packetPort() == 0 && System.nanoTime() < end && node.alive()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            if (node.packetPort() > 0) {
                return;
            }
        } catch (IOException e) {
            throw new NotStartedException(node.name() + ": its packet port is not known: " + e.getMessage());
        }
        throw new NotStartedException(node.name() + " opened no packet port. Its last lines:\n" + node.tail());
    }
}
